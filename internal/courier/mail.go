package courier

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"yifa/internal/office"
)

// How the connection to a mail server is secured.
const (
	TLSStart  = "starttls" // begins plain and must become TLS
	TLSDirect = "direct"   // TLS from the first byte
	TLSNone   = "none"     // for a server on the same machine
)

// Mail is the mail server that carries letters.
type Mail struct {
	Server   string // host:port
	From     string
	User     string // empty: the server asks for none
	Password string
	TLS      string // TLSStart where it is empty
}

const mailTime = 20 * time.Second

func (m *Mail) validate() error {
	var faults []error
	if _, _, err := m.address(); err != nil {
		faults = append(faults, err)
	}
	if err := mail.NewMsg().From(m.From); err != nil {
		faults = append(faults, fmt.Errorf("courier: %q is no address to send from", m.From))
	}
	host, _, _ := net.SplitHostPort(m.Server)
	if m.TLS == TLSNone && host != "localhost" && !net.ParseIP(host).IsLoopback() {
		faults = append(faults, errors.New("courier: without TLS only a mail server on this machine is written to"))
	}
	return errors.Join(faults...)
}

func (m *Mail) address() (string, int, error) {
	host, port, err := net.SplitHostPort(m.Server)
	n, wrong := strconv.Atoi(port)
	if err != nil || wrong != nil || host == "" {
		return "", 0, fmt.Errorf("courier: mail server %q is not host:port", m.Server)
	}
	return host, n, nil
}

func (m *Mail) carry(ctx context.Context, l office.Letter) error {
	host, port, err := m.address()
	if err != nil {
		return err
	}
	options := []mail.Option{mail.WithPort(port), mail.WithTimeout(mailTime)}
	switch m.TLS {
	case TLSDirect:
		options = append(options, mail.WithSSL())
	case TLSNone:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if m.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(m.User), mail.WithPassword(m.Password))
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		return errors.New("courier: the mail server cannot be used as it is configured")
	}
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if msg.From(m.From) != nil || msg.To(l.To) != nil {
		return errors.New("courier: an address cannot be written to")
	}
	msg.Subject(l.Subject)
	if l.Leave != "" {
		if msg.SetListUnsubscribeOneClick(l.Leave) != nil { // no https: one click is for that alone
			msg.SetListUnsubscribe(l.Leave)
		}
		msg.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's absence is answered to us
	}
	msg.SetBodyString(mail.TypeTextPlain, l.Text)
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return plain("mail server", err) // the library's own words name the address
	}
	return nil
}

// plain says which step failed, in words that name nobody.
func plain(who string, err error) error {
	var network net.Error
	var send *mail.SendError
	switch {
	case errors.As(err, &send):
		return fmt.Errorf("courier: the %s refused a message: %s", who, send.Reason)
	case errors.As(err, &network) && network.Timeout():
		return fmt.Errorf("courier: the %s did not answer in time", who)
	}
	return fmt.Errorf("courier: the %s could not be reached or did not let us in", who)
}
