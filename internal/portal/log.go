package portal

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"yifa/internal/door"
	"yifa/internal/ledger"
	"yifa/internal/office"
	"yifa/internal/store"
	"yifa/internal/web"
)

// logCheckpoint serves GET /log/checkpoint: the newest signed checkpoint of the log of entries (C2SP tlog-tiles).
func (p *Portal) logCheckpoint(w http.ResponseWriter, r *http.Request) error {
	signed, err := p.Office.Ledger().Checkpoint(r.Context())
	return sendLog(w, logText, signed, err)
}

// logCosigned serves GET /log/cosigned: the newest checkpoint that a witness has signed too, with all signatures.
func (p *Portal) logCosigned(w http.ResponseWriter, r *http.Request) error {
	signed, err := p.Office.Ledger().Cosigned(r.Context())
	return sendLog(w, logText, signed, err)
}

// maxNote is how long a checkpoint with its signatures may be.
const maxNote = 16 << 10

// logCosign serves POST /log/cosignature: a checkpoint of this log with the signatures of witnesses (C2SP tlog-cosignature).
// It answers the names of those taken, one a line.
func (p *Portal) logCosign(w http.ResponseWriter, r *http.Request) error {
	if err := p.guards.limits.Allow(r, classLog); err != nil {
		return err
	}
	signed, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxNote))
	if err != nil {
		return &web.Problem{Status: http.StatusRequestEntityTooLarge}
	}
	names, err := p.Office.Ledger().Cosign(r.Context(), signed)
	if errors.Is(err, ledger.ErrCheckpoint) || errors.Is(err, ledger.ErrNoWitness) {
		return &web.Problem{Status: http.StatusUnprocessableEntity}
	}
	return sendLog(w, logText, []byte(strings.Join(names, "\n")+"\n"), err)
}

// logKey serves GET /log/key: with what checkpoints are checked, as C2SP signed-note writes it; where they are signed by
// SM2 too, that key stands in the second line.
func (p *Portal) logKey(w http.ResponseWriter, r *http.Request) error {
	keys, err := p.Office.LedgerKeys(r.Context())
	return sendLog(w, logText, []byte(strings.Join(keys, "\n")+"\n"), err)
}

// logTile serves GET /log/tile/{path}: a tile of the tree or a bundle of entries. What was once there never changes.
func (p *Portal) logTile(w http.ResponseWriter, r *http.Request) error {
	data, err := p.Office.Ledger().Tile(r.Context(), r.PathValue("path"))
	return sendLog(w, logTile, data, err)
}

// logSince serves GET /log/since/{size}: the newest checkpoint with the proof that it goes on from the tree of that size,
// as the body of a request to a witness is written (C2SP tlog-witness).
func (p *Portal) logSince(w http.ResponseWriter, r *http.Request) error {
	size, err := strconv.ParseInt(r.PathValue("size"), 10, 64)
	if err != nil {
		return web.NotFound
	}
	step, err := p.Office.Ledger().Since(r.Context(), size)
	return sendLog(w, logText, step.Marshal(), err)
}

// media is a kind of answer of the log, and how long it may be kept.
type media struct{ kind, keep string }

var (
	logText = media{"text/plain; charset=utf-8", "no-cache"}
	logTile = media{"application/octet-stream", "public, max-age=31536000, immutable"}
)

func sendLog(w http.ResponseWriter, m media, body []byte, err error) error {
	if errors.Is(err, store.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", m.kind)
	w.Header().Set("Cache-Control", m.keep)
	_, _ = w.Write(body) // the reader went away
	return nil
}

// receiptFile serves GET /report/d/{draft}/receipt/file: the receipt of a report just filed, for machines to check.
func (p *Portal) receiptFile(w http.ResponseWriter, r *http.Request) error {
	d, err := p.Office.Draft(r.Context(), r.PathValue("draft"))
	if err != nil {
		return gone(err)
	}
	if d.Filed == nil {
		return redirect(w, r, draftPath(d.ID, "check"))
	}
	file, err := p.Office.SlipFile(r.Context(), *d.Filed)
	return sendReceipt(w, file, err)
}

// trackReceipt serves GET /track/receipt: the receipt of all that the filer handed in until now.
func (p *Portal) trackReceipt(w http.ResponseWriter, r *http.Request) error {
	reader, found, err := p.reader(w, r)
	if err != nil {
		return err
	}
	if !found {
		return redirect(w, r, "/track?said=ended")
	}
	file, err := p.Office.ReceiptFile(r.Context(), reader)
	return sendReceipt(w, file, err)
}

func sendReceipt(w http.ResponseWriter, file []byte, err error) error {
	if errors.Is(err, office.ErrNotFound) {
		return web.NotFound
	}
	if err != nil {
		return err
	}
	return door.SendProof(w, file)
}
