package document

import (
	"bytes"
	"compress/zlib"
	_ "embed"
	"fmt"
)

// sRGB is the colour space papers are meant in (the profile of Debian's icc-profiles-free).
//
//go:embed fonts/sRGB.icc
var sRGB []byte

const xmp = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
<pdf:Producer>Yifa</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`

// described are three objects after the first n of a file: what it is (XMP, ISO 16684-1), its colours, and the
// intent that names them (ISO 32000-1 14.11.5). They bear no day, so that the same paper gives the same bytes.
func described(p Paper, n int) []string {
	about := fmt.Sprintf(xmp, escape(p.Number+p.Title), escape(p.Issuer))
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(sRGB) // a buffer takes all
	_ = z.Close()
	return []string{
		fmt.Sprintf("<</Type /Metadata /Subtype /XML /Length %d>>\nstream\n%s\nendstream\n", len(about), about),
		fmt.Sprintf("<</N 3 /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\n", packed.Len(), packed.String()),
		fmt.Sprintf("<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R>>\n", n+2),
	}
}
