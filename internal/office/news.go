package office

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"yifa/internal/calendar"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
	"yifa/internal/vault"
)

// Who filed anonymously can learn that there is news without asking for her matter: everybody reads the same lists, and
// only who holds the key of a matter can tell whether it stands in one. A list says neither how many matters have news,
// being filled up to a power of two, nor that two of its lines in two lists are of one matter, being made anew for each
// minute or day. Asking for it tells the server nothing.
const (
	newsHead  = "yifa news 1"
	newsName  = "yifa.news" // of the key that signs lists (C2SP signed-note)
	newsDays  = 30          // how far back the list for programs tells of
	markDays  = 7           // how far back the list for eyes does
	newsLeast = 64          // lines a list has at least
)

// NewsTag is the line of a matter in the list of a minute, which is written as the list writes it: where its last news
// is of that day. 16 hexadecimal digits.
func NewsTag(key []byte, minute string, day calendar.Date) string {
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "%s\n%s\n%s\n", newsHead, minute, day)
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// NewsMark is the line of a matter in the list of a day for eyes: eight letters and digits in two groups.
func NewsMark(key []byte, day calendar.Date) string {
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "%s mark\n%s\n", newsHead, day)
	text := base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").EncodeToString(h.Sum(nil)[:5])
	return text[:4] + "-" + text[4:]
}

// NewsView is what the holder of a receipt code keeps to find her news in the lists.
type NewsView struct {
	Key   string // hexadecimal
	Marks []NewsDay
}

// NewsDay is the mark under which news would stand in the list of a day.
type NewsDay struct {
	On   calendar.Date
	Mark string
}

// NewsOf is the key of the reader's matter and the marks of the coming weeks; ErrNotFound for who holds no code.
func (o *Office) NewsOf(r Reader) (NewsView, error) {
	if r.news == nil {
		return NewsView{}, ErrNotFound
	}
	const weeks = 6
	v := NewsView{Key: hex.EncodeToString(r.news)}
	for i := range weeks * 7 {
		day := o.Today().AddDays(i)
		v.Marks = append(v.Marks, NewsDay{day, NewsMark(r.news, day)})
	}
	return v, nil
}

// newsLists are the lists of the running minute and day; until they end, everybody is given the same.
type newsLists struct {
	sync.Mutex
	minute string
	signed []byte
	day    calendar.Date
	marks  []string
}

// NewsList is the list of the running minute for programs: what it is, the minute in Asia/Shanghai, and a line for each
// matter with news in the last 30 days, among lines that are of none, in order; as a signed note.
func (o *Office) NewsList(ctx context.Context) ([]byte, error) {
	o.newsLists.Lock()
	defer o.newsLists.Unlock()
	minute := o.now().In(calendar.Shanghai).Format("2006-01-02T15:04-07:00")
	if o.newsLists.minute == minute {
		return o.newsLists.signed, nil
	}
	lines, err := o.newsLines(ctx, newsDays, 8, func(key []byte, day calendar.Date) string { return NewsTag(key, minute, day) }, hex.EncodeToString)
	if err != nil {
		return nil, err
	}
	signers, err := o.vault.NoteSigners(newsName)
	if err != nil {
		return nil, err
	}
	signed, err := note.Sign(&note.Note{Text: newsHead + "\n" + minute + "\n" + strings.Join(lines, "\n") + "\n"}, signers...)
	if err == nil {
		o.newsLists.minute, o.newsLists.signed = minute, signed
	}
	return signed, err
}

// NewsVerifier is with what lists for programs are checked, as C2SP signed-note writes it.
func (o *Office) NewsVerifier() (string, error) { return o.vault.NoteVerifierKey(newsName) }

// NewsMarks is the list of today for eyes. It stays as it was when it was first asked for today.
func (o *Office) NewsMarks(ctx context.Context) (calendar.Date, []string, error) {
	o.newsLists.Lock()
	defer o.newsLists.Unlock()
	today := o.Today()
	if o.newsLists.day == today {
		return today, o.newsLists.marks, nil
	}
	marks, err := o.newsLines(ctx, markDays, sha256.Size, func(key []byte, _ calendar.Date) string { return NewsMark(key, today) },
		func(b []byte) string { return NewsMark(b, today) })
	if err == nil {
		o.newsLists.day, o.newsLists.marks = today, marks
	}
	return today, marks, err
}

// newsLines are the lines of all matters with news within so many days, filled up by made of random bytes, in order.
func (o *Office) newsLines(ctx context.Context, days, random int, line func(key []byte, day calendar.Date) string, made func([]byte) string) ([]string, error) {
	last := map[string]calendar.Date{}
	err := o.db.Read(ctx, func(q *store.Query) error {
		return q.EachNews(ctx, o.Today().AddDays(-days), func(mac []byte, day calendar.Date) error {
			last[string(mac)] = max(last[string(mac)], day)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	var out []string
	for mac, day := range last {
		out = append(out, line(o.newsKey([]byte(mac)), day))
	}
	n := newsLeast
	for n <= len(out) {
		n *= 2
	}
	for len(out) < n {
		b := make([]byte, random)
		_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
		out = append(out, made(b))
	}
	slices.Sort(out)
	return out, nil
}

// newsKey is the key of the matter whose code has this keyed hash: from it nobody finds the code.
func (o *Office) newsKey(mac []byte) []byte { return o.vault.MAC(vault.News, mac) }

// newsDay is the last legal day on which somebody else than the filer did what she sees.
func newsDay(st matter.State, p *procedure.Procedure) calendar.Date {
	var last calendar.Date
	for _, d := range st.Done {
		seen := slices.ContainsFunc(p.Acts(d.Act), func(a *procedure.Act) bool { return a.Visible != "" && a.Visible != "staff" })
		if _, voided := st.Voided[d.Seq]; seen && !voided && d.By.Person != matter.PersonFiler && d.Seq > 1 {
			last = max(last, d.On.Day)
		}
	}
	return last
}
