package door

import (
	"yifa/internal/office"
	"yifa/internal/web"
)

// Paper is an official paper whose page stands at path, with its PDF below it.
func Paper(v office.DocumentText, path string) web.Paper {
	p := web.Paper{Paper: v.Paper, Path: path + "/pdf", Making: v.Making}
	if v.Filed != nil {
		p.Filed = &web.PaperFile{At: v.Filed.On, Size: v.Filed.Size, SHA256: Fours(v.Filed.SHA256), SM3: Fours(v.Filed.SM3), Seal: Fours(v.Filed.Seal)}
	}
	if v.Missing != "" {
		p.Missing = v.Missing + " " + v.MissingCode
	}
	return p
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
