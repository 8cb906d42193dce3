package open311

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
	"golang.org/x/time/rate"

	"yifa/internal/calendar"
)

// App is a program of somebody else that may hand in reports.
type App struct {
	ID        string `yaml:"id"`         // kept in the record of each report it hands in
	Name      string `yaml:"name"`       // for the operator
	Key       string `yaml:"key"`        // sha256: and 64 hexadecimal digits; the key itself is kept nowhere
	PerMinute int    `yaml:"per_minute"` // reports; 0: 60
	Until     string `yaml:"until"`      // last day on which the key holds; empty: until it is taken out
	Hotline   bool   `yaml:"hotline"`    // it hands over what the 12345 hotline took down: each with the number of its order
	Mail      bool   `yaml:"mail"`       // it is the mail server of the city: it hands over mails, and no reports
}

// The usual quota of an app, and how often its file is looked at for changes.
const (
	usualPerMinute = 60
	lookEvery      = 5 * time.Second
)

const hashed = "sha256:"

var appID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,39}$`)

// Apps are the apps of a file that its operator writes. A change is seen within seconds: taking an app out ends its key.
// While a changed file cannot be read the apps stay as they were, and the log says so.
type Apps struct {
	file string

	mu     sync.Mutex
	looked time.Time
	stamp  string
	byKey  map[string]App
	quotas map[string]*rate.Limiter // by id; they outlive a change of the file
}

// OpenApps reads the file of apps.
func OpenApps(file string) (*Apps, error) {
	a := &Apps{file: file, quotas: map[string]*rate.Limiter{}}
	return a, a.read()
}

// read reads the file where it changed.
func (a *Apps) read() error {
	info, err := os.Stat(a.file)
	if err != nil {
		return fmt.Errorf("open311: apps: %w", err)
	}
	stamp := fmt.Sprint(info.ModTime().UnixNano(), info.Size())
	if stamp == a.stamp {
		return nil
	}
	raw, err := os.ReadFile(a.file)
	if err != nil {
		return fmt.Errorf("open311: apps: %w", err)
	}
	list, err := parseApps(string(raw))
	if err != nil {
		return fmt.Errorf("open311: apps: %s: %w", a.file, err)
	}
	a.stamp, a.byKey = stamp, map[string]App{}
	for _, app := range list {
		a.byKey[app.Key] = app
		every := rate.Every(time.Minute / time.Duration(app.PerMinute))
		if q := a.quotas[app.ID]; q == nil || q.Burst() != app.PerMinute {
			a.quotas[app.ID] = rate.NewLimiter(every, app.PerMinute)
		}
	}
	return nil
}

// parseApps reads the text of a file of apps and says everything that is wrong with it.
func parseApps(text string) ([]App, error) {
	var file struct {
		Apps []App `yaml:"apps"`
	}
	d := yaml.NewDecoder(strings.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	var faults []error
	ids, keys := map[string]bool{}, map[string]bool{}
	for i := range file.Apps {
		app := &file.Apps[i]
		bad := func(what string) { faults = append(faults, fmt.Errorf("app %d (%s): %s", i+1, app.ID, what)) }
		if !appID.MatchString(app.ID) || ids[app.ID] {
			bad("the id has to be 2 to 40 small letters, digits and dashes, beginning with a letter, and to stand once")
		}
		if sum, err := hex.DecodeString(strings.TrimPrefix(app.Key, hashed)); err != nil || len(sum) != sha256.Size || !strings.HasPrefix(app.Key, hashed) || keys[app.Key] {
			bad("the key has to be sha256: and 64 hexadecimal digits, and to stand once; make one with yifa open311 key")
		}
		if _, err := calendar.Parse(app.Until); app.Until != "" && err != nil {
			bad("until has to be a day, 2027-12-31")
		}
		if app.PerMinute == 0 {
			app.PerMinute = usualPerMinute
		}
		if app.PerMinute < 0 || app.PerMinute > 10_000 {
			bad("per_minute has to lie between 1 and 10000")
		}
		app.Key = strings.ToLower(app.Key)
		ids[app.ID], keys[app.Key] = true, true
	}
	return file.Apps, errors.Join(faults...)
}

// of is the app whose key this is, at an instant.
func (a *Apps) of(key string, now time.Time) (App, bool) {
	if a == nil || key == "" {
		return App{}, false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if now.Sub(a.looked).Abs() >= lookEvery {
		a.looked = now
		if err := a.read(); err != nil {
			slog.Error("apps", "fault", err)
		}
	}
	app, known := a.byKey[Hash(key)]
	if last, err := calendar.Parse(app.Until); err == nil && calendar.On(now) > last {
		return App{}, false
	}
	return app, known
}

// allow takes one report from the quota of an app, or says how many seconds to wait.
func (a *Apps) allow(app App, now time.Time) (wait int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	q := a.quotas[app.ID]
	take := q.ReserveN(now, 1)
	delay := take.DelayFrom(now)
	if delay <= 0 {
		return 0
	}
	take.CancelAt(now)
	return int(delay/time.Second) + 1
}

// AdmitMail says whether a key is the mail server's and, beyond its quota, how many seconds it is to wait.
func (a *Apps) AdmitMail(key string, now time.Time) (known bool, wait int) {
	app, known := a.of(key, now)
	if !known || !app.Mail {
		return false, 0
	}
	return true, a.allow(app, now)
}

// Lines are an app as the file has it.
func (a App) Lines() (string, error) {
	if _, err := parseApps("apps: [{id: " + strconv.Quote(a.ID) + ", key: " + strconv.Quote(a.Key) + "}]"); err != nil {
		return "", fmt.Errorf("open311: %w", err)
	}
	return fmt.Sprintf("  - id: %s\n    name: %s\n    key: %s\n", a.ID, strconv.Quote(a.Name), a.Key), nil
}

// NewKey draws the key of an app: 256 bits, so that its plain hash tells nobody anything.
func NewKey() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Hash is a key as the file of apps has it.
func Hash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hashed + hex.EncodeToString(sum[:])
}
