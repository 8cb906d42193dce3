package door

import (
	"net/http"

	"yifa/internal/office"
	"yifa/internal/web"
)

// Paper is an official paper whose page stands at path, with its PDF below it.
func Paper(v office.DocumentText, path string) web.Paper {
	p := web.Paper{Paper: v.Paper, Path: path + "/pdf", Proof: path + "/proof", Making: v.Making}
	if v.Gone != "" {
		p.Path, p.Proof = "", "" // there is nothing to be had
	}
	if v.Filed != nil {
		p.Filed = &web.PaperFile{At: v.Filed.On, Size: v.Filed.Size, SHA256: Fours(v.Filed.SHA256), SM3: Fours(v.Filed.SM3), Seal: Fours(v.Filed.Seal)}
	}
	if v.Missing != "" {
		p.Missing = v.Missing + " " + v.MissingCode
	}
	return p
}

// proofName is what a receipt or a proof is saved as: it tells nothing of the matter.
const proofName = "yifa-receipt.json"

// SendProof sends a receipt file or the proof of a paper.
func SendProof(w http.ResponseWriter, file []byte) error {
	web.Secret(w)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="`+proofName+`"`)
	_, _ = w.Write(file) // the reader went away
	return nil
}

// Short is the head of a hash in groups of four: enough to compare, short enough to read.
func Short(hash string) string {
	const groups = 5
	text := ""
	for i := 0; i+4 <= len(hash) && i < groups*4; i += 4 {
		if i > 0 {
			text += " "
		}
		text += hash[i : i+4]
	}
	return text
}

// Fours sets a hash in groups, which break over lines and can be compared by eye.
func Fours(hash string) string {
	const group = 8
	out := ""
	for len(hash) > group {
		out, hash = out+hash[:group]+" ", hash[group:]
	}
	return out + hash
}
