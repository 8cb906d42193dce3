package office

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"yifa/internal/access"
	"yifa/internal/calendar"
	"yifa/internal/i18n"
	"yifa/internal/matter"
	"yifa/internal/procedure"
	"yifa/internal/store"
)

// How forecasts are kept: so many at a time, of each so many moves by name, and how long a page waits for one.
const (
	forecastsKept = 8
	forecastMoves = 5000
	forecastWait  = 2 * time.Second
	forecastPage  = 20
)

// forecast is what a notice would move, while it is counted and after.
type forecast struct {
	open, examined atomic.Int64
	began          time.Time
	done           chan struct{}
	err            error
	groups         map[forecastGroup]int
	matters        map[matter.ID]bool
	moves          []Move // the first to come due, up to forecastMoves
	moved          int
}

type forecastGroup struct{ holder, term string }

// Move is one clock that a notice would move.
type Move struct {
	Matter matter.ID
	Number string // of the matter
	Clock  string // in words
	Organ  string
	From   MovedDay
	To     MovedDay

	hash, key, holder string
}

// MovedDay is where a clock stands: a day, or what is left while it is suspended.
type MovedDay struct {
	Due         calendar.Date
	Left        int
	Provisional bool
}

// ForecastRow counts the clocks of one organ and limit that a notice would move.
type ForecastRow struct {
	Organ, Term string
	N           int
}

// ForecastView is what a notice would move. Rows and numbers are of all; Moves only of matters the reader may read.
type ForecastView struct {
	Year     int
	Rest     string
	Calendar *calendar.Calendar // as it would be
	Changed  []ChangedDay
	Running  bool // not yet counted through: only Open and Examined say something
	Open     int  // clocks that are open
	Examined int
	Moved    int // clocks
	Matters  int
	Rows     []ForecastRow
	Moves    []Move // one page
	Readable int    // of the moves known by name
	Next     int    // where the next page begins; 0: there is none

	from int // where this one does
}

// ChangedDay is a day that becomes one of rest or of work, or certain.
type ChangedDay struct {
	On   calendar.Date
	Rest bool
	Name string // the holiday
}

// Forecast tells what the holidays of a year would move if they came into force now. It counts beside everything else: what
// takes longer than a moment is shown as it stands and goes on. from is where the page of moves begins. Errors: BadFields
// for "year" and "rest", ErrNotFound for anybody but an administrator.
func (o *Office) Forecast(ctx context.Context, r Reader, year, rest string, from int) (ForecastView, error) {
	if !r.May(access.Holidays) {
		return ForecastView{}, ErrNotFound
	}
	n, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 || !calendar.KnowsYear(n) {
		return ForecastView{}, o.badFields(r.Lang, procedure.FieldErrors{{Field: "year", Key: "not_a_year"}})
	}
	blocks, err := calendar.ParseHolidays(n, rest)
	var bad *calendar.BadHolidays
	if errors.As(err, &bad) {
		return ForecastView{}, o.badFields(r.Lang, procedure.FieldErrors{{Field: "rest", Key: bad.Key, Args: bad.Args}})
	}
	now, err := o.Calendar(ctx)
	if err != nil {
		return ForecastView{}, err
	}
	v := ForecastView{Year: n, Rest: calendar.FormatHolidays(blocks), from: from}
	v.Calendar = now.With(calendar.Year{Year: n, Holidays: blocks, Notices: []calendar.Notice{{}}})
	changes := calendar.Changed(now, v.Calendar)
	for _, d := range changes {
		if was := now.IsWorkday(d); was != v.Calendar.IsWorkday(d) {
			v.Changed = append(v.Changed, ChangedDay{On: d, Rest: was, Name: cmp.Or(v.Calendar.Name(d), now.Name(d))})
		}
	}
	f := o.forecastOf(now.Version()+" "+v.Calendar.Version(), v.Calendar, changes)
	select {
	case <-f.done:
	case <-time.After(forecastWait):
	case <-ctx.Done():
		return v, ctx.Err()
	}
	return v, o.tellForecast(ctx, r, f, &v)
}

// forecasts are those counted last, by both calendars.
type forecasts struct {
	sync.Mutex
	byKey map[string]*forecast
	order []string
}

// forecastOf finds a forecast that is counted already, or begins it.
func (o *Office) forecastOf(key string, cal *calendar.Calendar, changes calendar.Changes) *forecast {
	o.forecasts.Lock()
	defer o.forecasts.Unlock()
	if f, ok := o.forecasts.byKey[key]; ok && !f.old(o.now()) {
		return f
	}
	if o.forecasts.byKey == nil {
		o.forecasts.byKey = map[string]*forecast{}
	}
	f := &forecast{done: make(chan struct{}), groups: map[forecastGroup]int{}, matters: map[matter.ID]bool{}, began: o.now()}
	o.forecasts.byKey[key] = f
	o.forecasts.order = append(slices.DeleteFunc(o.forecasts.order, func(k string) bool { return k == key }), key)
	if n := len(o.forecasts.order); n > forecastsKept {
		delete(o.forecasts.byKey, o.forecasts.order[0])
		o.forecasts.order = o.forecasts.order[1:]
	}
	look := survey{o: o, cal: cal, changes: changes, say: func(open, examined int) {
		f.open.Store(int64(open))
		f.examined.Store(int64(examined))
	}}
	go func() {
		defer close(f.done)
		f.err = look.run(o.ctx, f.take)
		slices.SortFunc(f.moves, func(a, b Move) int {
			return cmp.Or(cmp.Compare(a.From.Due, b.From.Due), cmp.Compare(a.Matter, b.Matter), cmp.Compare(a.key, b.key))
		})
	}()
	return f
}

// forecastKept is how long a forecast that is through still holds: meanwhile matters come and go.
const forecastKept = time.Minute

func (f *forecast) old(now time.Time) bool {
	select {
	case <-f.done:
		return f.err != nil || now.Sub(f.began).Abs() > forecastKept
	default:
		return false
	}
}

// take counts a matter that moves.
func (f *forecast) take(m moving) error {
	f.matters[m.Matter] = true
	for _, key := range sortedKeys(m.Clocks) {
		was, now := m.Clocks[key][0], m.Clocks[key][1]
		f.moved++
		f.groups[forecastGroup{m.Holder, was.Term}]++
		if len(f.moves) < forecastMoves {
			f.moves = append(f.moves, Move{Matter: m.Matter, hash: m.Hash, key: key, holder: m.Holder,
				From: MovedDay{was.Due, was.Left, was.Provisional}, To: MovedDay{now.Due, now.Left, now.Provisional}})
		}
	}
	return nil
}

// tellForecast words a forecast for a reader.
func (o *Office) tellForecast(ctx context.Context, r Reader, f *forecast, v *ForecastView) error {
	v.Open, v.Examined = int(f.open.Load()), int(f.examined.Load())
	select {
	case <-f.done:
	default:
		v.Running = true
		return nil
	}
	if f.err != nil {
		return f.err
	}
	v.Moved, v.Matters = f.moved, len(f.matters)
	for g, n := range f.groups {
		v.Rows = append(v.Rows, ForecastRow{Organ: o.organName(r.Lang, g.holder), Term: o.termTitle(r.Lang, g.term), N: n})
	}
	slices.SortFunc(v.Rows, func(a, b ForecastRow) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Organ, b.Organ), cmp.Compare(a.Term, b.Term))
	})
	return o.db.Read(ctx, func(q *store.Query) error { return o.tellMoves(ctx, q, r, f.moves, v) })
}

// tellMoves names the moves of matters the reader may read.
func (o *Office) tellMoves(ctx context.Context, q *store.Query, r Reader, moves []Move, v *ForecastView) error {
	ids := make([]matter.ID, len(moves))
	for i, m := range moves {
		ids[i] = m.Matter
	}
	may, err := q.Readable(ctx, ids, o.accessReader(r.keys))
	if err != nil {
		return err
	}
	var list []Move
	for _, m := range moves {
		if may[m.Matter] {
			list = append(list, m)
		}
	}
	v.Readable = len(list)
	from := min(max(v.from, 0), len(list))
	end := min(from+forecastPage, len(list))
	if end < len(list) {
		v.Next = end
	}
	if list = list[from:end]; len(list) == 0 {
		return nil
	}
	ids = ids[:0]
	for _, m := range list {
		ids = append(ids, m.Matter)
	}
	states, err := q.StatesOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, m := range list {
		m.Number, m.Organ, m.Clock = states[m.Matter].Number("matter"), o.organName(r.Lang, m.holder), m.key
		if p, err := o.law.ByHash(m.hash); err == nil {
			name, _, _ := strings.Cut(m.key, ":")
			m.Clock = words{o, p, r.Lang}.clock(name)
		}
		v.Moves = append(v.Moves, m)
	}
	return nil
}

// termTitle names a limit of the law.
func (o *Office) termTitle(lang i18n.Lang, id string) string {
	t, err := o.law.Book.Find(id)
	if err != nil {
		return id
	}
	return t.Words(string(lang)).Title
}
