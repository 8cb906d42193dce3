package evidence

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Why a PDF is not cleaned though it follows its format.
var (
	errEncrypted = errors.New("locked by a password")
	errTooLong   = errors.New("more than is held in memory")
)

// What one PDF may ask of memory; the defaults of the library are meant for a workstation.
const (
	pdfStream  = 64 << 20 // bytes of one unpacked stream
	pdfObjects = 500_000
	pdfBytes   = 100 << 20 // of the whole file: the library holds it in memory
)

func init() {
	api.DisableConfigDir() // or the library writes a folder into the home of whoever runs this
}

// pdfHidden are the keys under which a PDF carries what is not on its pages: metadata streams, private
// data of programs, attached files, and what runs by itself (ISO 32000-2, 14.3, 14.5, 7.11.4, 12.6).
var pdfHidden = []string{"Metadata", "PieceInfo", "LastModified", "EmbeddedFiles", "EF", "RF", "AF", "OpenAction", "AA", "JavaScript", "JS", "SpiderInfo", "XFA", "RichMediaContent", "RichMediaSettings", "3DD"}

// pdfRuns are the actions that start something, fetch something or send something (ISO 32000-2, 12.6.4). What stands in their
// place leads to the first page: an annotation may not be left without its action.
var pdfRuns = []string{"Launch", "JavaScript", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "RichMediaExecute", "Movie", "Sound", "Thread", "GoTo3DView"}

// pdfAnnotation are the keys of an annotation that tell who wrote it and when.
var pdfAnnotation = []string{"T", "M", "CreationDate", "NM"}

// cleanPDF writes r anew without its document information, metadata and earlier versions. Objects that
// nothing refers to, as incremental saving leaves them, do not come through. The page content does as
// it is: a name printed on a page stays.
func cleanPDF(w io.Writer, r *io.SectionReader) error {
	if r.Size() > pdfBytes {
		return errTooLong
	}
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	conf.Offline = true
	conf.Limits.MaxStreamBytes, conf.Limits.MaxDecodeBytes = pdfStream, pdfStream
	conf.Limits.MaxObjectCount, conf.Limits.MaxXRefEntries = pdfObjects, pdfObjects
	ctx, err := api.ReadAndValidate(r, conf)
	if errors.Is(err, pdfcpu.ErrWrongPassword) {
		return errEncrypted
	} else if err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	if ctx.Encrypt != nil {
		return errEncrypted
	}
	for _, entry := range ctx.Table {
		if entry != nil && !entry.Free {
			forget(entry)
		}
	}
	ctx.Info = nil
	ctx.ID = nil
	ctx.CatalogXMPMeta = nil
	for _, name := range pdfHidden {
		delete(ctx.Names, name) // name trees are written from here, not from the catalog
	}
	// Version 2.0 has no document information, so that the library adds no time of writing either.
	v := model.V20
	ctx.HeaderVersion, ctx.RootVersion = &v, nil
	if err := api.WriteContext(ctx, w); err != nil {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return nil
}

// forget takes what is hidden out of one object.
func forget(entry *model.XRefTableEntry) {
	switch o := entry.Object.(type) {
	case types.StreamDict:
		forgetIn(o.Dict)
		if len(o.FilterPipeline) == 1 && o.FilterPipeline[0].Name == "DCTDecode" {
			if clean := stripJPEG(o.Raw); clean != nil {
				n := int64(len(clean))
				o.Raw, o.Content, o.StreamLength, o.StreamLengthObjNr = clean, nil, &n, nil
				o.Dict.Update("Length", types.Integer(n))
				entry.Object = o
			}
		}
	default:
		forgetIn(o)
	}
}

func forgetIn(o types.Object) {
	switch o := o.(type) {
	case types.Dict:
		for _, key := range pdfHidden {
			o.Delete(key)
		}
		if s, is := o["S"].(types.Name); is && slices.Contains(pdfRuns, string(s)) {
			clear(o)
			o["S"], o["N"] = types.Name("Named"), types.Name("FirstPage")
		}
		if _, has := o.Find("Rect"); has && o.Subtype() != nil && *o.Subtype() != "Widget" { // a form field is named by T
			for _, key := range pdfAnnotation {
				o.Delete(key)
			}
		}
		for _, child := range o {
			forgetIn(child)
		}
	case types.Array:
		for _, child := range o {
			forgetIn(child)
		}
	}
}
