package mailin

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // mails of this country come in GBK, GB18030 and Big5, too
	"github.com/emersion/go-message/mail"
)

// Mail is what a person wrote.
type Mail struct {
	From    string // address alone
	Subject string
	Text    string
	Files   []File
	Machine bool // written by a program, or to a list: it is not answered
}

// File is an attachment.
type File struct {
	Name string
	Body []byte
}

// What of one mail is read.
const (
	mostParts = 100
	mostText  = 1 << 20 // bytes
)

// ErrUnreadable: it is no mail, or names no one sender.
var ErrUnreadable = errors.New("mailin: not a mail that can be read")

// Read reads a mail (RFC 5322, RFC 2045). Of several versions of its text the plain one is taken. A character set nobody
// knows is read as it is. The size of files is the caller's to bound.
func Read(r io.Reader) (Mail, error) {
	m, err := mail.CreateReader(r)
	if err != nil && !message.IsUnknownCharset(err) {
		return Mail{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || len(from) != 1 {
		return Mail{}, fmt.Errorf("%w: it has to be From one address", ErrUnreadable)
	}
	out := Mail{From: from[0].Address, Machine: byMachine(m.Header)}
	out.Subject, _ = m.Header.Subject()
	var page string
	for range mostParts {
		part, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			return out.finish(page), nil
		}
		if err != nil && !message.IsUnknownCharset(err) {
			return Mail{}, fmt.Errorf("%w: %w", ErrUnreadable, err)
		}
		kind, name := about(part.Header)
		switch {
		case name == "" && kind == "text/html":
			err = readText(part.Body, &page)
		case name == "" && strings.HasPrefix(kind, "text/"):
			err = readText(part.Body, &out.Text)
		default:
			err = out.readFile(part.Body, kind, name)
		}
		if err != nil {
			return Mail{}, err
		}
	}
	return Mail{}, fmt.Errorf("%w: it has more than %d parts", ErrUnreadable, mostParts)
}

// finish takes the text of the page where there was none that is plain.
func (m Mail) finish(page string) Mail {
	if strings.TrimSpace(m.Text) == "" {
		m.Text = plain(page)
	}
	m.Text, m.Subject = strings.TrimSpace(strings.ReplaceAll(m.Text, "\r\n", "\n")), strings.Join(strings.Fields(m.Subject), " ")
	return m
}

// byMachine says whether a program wrote the mail, which must not be answered (RFC 3834 §2, RFC 5230 §4.6).
func byMachine(h mail.Header) bool {
	auto, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted"))), ";")
	precedence := strings.ToLower(strings.TrimSpace(h.Get("Precedence")))
	return auto != "" && strings.TrimSpace(auto) != "no" || precedence == "bulk" || precedence == "junk" || precedence == "list" ||
		h.Get("List-Id") != "" || strings.TrimSpace(h.Get("Return-Path")) == "<>"
}

// about is the kind of a part and, where it is a file, its name.
func about(header mail.PartHeader) (kind, name string) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	switch h := header.(type) {
	case *mail.AttachmentHeader:
		name, _ = h.Filename()
		if name == "" {
			name = "附件" // the office names it by what it holds
		}
	case *mail.InlineHeader:
		if !strings.HasPrefix(kind, "text/") {
			if name = params["name"]; name == "" {
				name = "图片"
			}
		}
	}
	return kind, name
}

func readText(r io.Reader, to *string) error {
	text, err := io.ReadAll(io.LimitReader(r, mostText))
	if err != nil && !message.IsUnknownEncoding(err) {
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if *to != "" {
		*to += "\n\n"
	}
	if *to += strings.ToValidUTF8(string(text), "�"); len(*to) > mostText {
		return fmt.Errorf("%w: its text is too long", ErrUnreadable)
	}
	return nil
}

func (m *Mail) readFile(r io.Reader, kind, name string) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	if !strings.Contains(name, ".") {
		if ends, err := mime.ExtensionsByType(kind); err == nil && len(ends) > 0 {
			name += ends[0]
		}
	}
	if len(body) > 0 {
		m.Files = append(m.Files, File{Name: name, Body: body})
	}
	return nil
}
