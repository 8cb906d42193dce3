package office_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"yifa/internal/demo"
	"yifa/internal/i18n"
	"yifa/internal/installation"
	"yifa/internal/matter"
	"yifa/internal/office"
	"yifa/internal/office/officetest"
	"yifa/law"
)

// childDir names the folder of the city in which this program, started by TestKilled, acts until it
// is killed.
const childDir = "YIFA_OFFICE_CHILD"

// lives is how often the program is killed in all, in how many cities at the same time; after every
// so many lives what is left is looked at.
const lives, cities, look = 100, 4, 5

// A program killed at any moment leaves every act it answered, whole, and no half act; numbers have
// no gap and the work beside the acts is taken up again.
func TestKilled(t *testing.T) {
	t.Parallel()
	for n := range cities {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			dir, all := t.TempDir(), map[string]bool{}
			officetest.Lay(t, dir)
			for life := 1; life <= lives/cities; life++ {
				for _, line := range killed(t, dir) {
					all[line] = true
				}
				if life%look != 0 {
					continue
				}
				c := officetest.Open(t, installation.Options{Dir: dir})
				checkAnswered(t, c, slices.Collect(maps.Keys(all)))
				c.Sound()
				c.GapFree()
				if life == lives/cities {
					checkIndexed(t, c)
				}
				c.Shut()
			}
			if len(all) == 0 {
				t.Error("no act was answered")
			}
			t.Logf("%d acts answered", len(all))
		})
	}
}

// killed lets one life of the program run and returns what it answered, a line each.
func killed(t *testing.T, dir string) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = cmd.Process.Kill() }
	early := rand.IntN(10) == 0 // also while it opens
	if early {
		time.AfterFunc(time.Duration(rand.IntN(200))*time.Millisecond, kill)
	}
	var lines []string
	for s := bufio.NewScanner(out); s.Scan(); {
		switch line := s.Text(); {
		case line == "ready" && !early:
			time.AfterFunc(time.Duration(rand.IntN(100))*time.Millisecond, kill)
		case strings.HasPrefix(line, "fault"):
			t.Error(line)
		case line != "ready":
			lines = append(lines, line)
		}
	}
	_ = cmd.Wait() // it was killed
	return lines
}

// checkAnswered looks for each act the program answered: "CODE ID SEQ ACT".
func checkAnswered(t *testing.T, c *officetest.City, lines []string) {
	t.Helper()
	for _, line := range lines {
		var code, name, act string
		var seq int
		if _, err := fmt.Sscan(line, &code, &name, &seq, &act); err != nil {
			continue // cut off in the middle of the line by the kill
		}
		id, err := matter.ParseID(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Office.ByCode(t.Context(), code, i18n.ZhHans)
		if err != nil || r.Filer != id {
			t.Errorf("%s: the code leads to %s: %v", line, r.Filer, err)
			continue
		}
		_, record, err := c.Office.Record(t.Context(), r, id)
		if err != nil || len(record) < seq || record[seq-1].Act != act {
			t.Errorf("%s: is not in the record of %d entries: %v", line, len(record), err)
		}
	}
}

// checkIndexed finishes the work that was left and finds every matter by its text.
func checkIndexed(t *testing.T, c *officetest.City) {
	t.Helper()
	c.Clock.Set(officetest.Start.Add(time.Hour))
	if err := c.Office.Work(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, all := listed(t, c, office.Filter{Query: "蓝色雨棚"}), listed(t, c, office.Filter{})
	if found != all || all == 0 {
		t.Errorf("%d of %d matters are found by their text", found, all)
	}
}

// listed counts the rows of a list, page by page.
func listed(t *testing.T, c *officetest.City, f office.Filter) (rows int) {
	t.Helper()
	for {
		page, err := c.Office.List(t.Context(), c.As(officetest.Officer), f)
		if err != nil {
			t.Fatal(err)
		}
		rows += len(page.Rows)
		if f.After = page.Next; f.After == "" {
			return rows
		}
	}
}

// live is the child: several people act as fast as they can, and each answered act is one line.
func live(dir string) int {
	clock, ctx := &demo.Clock{}, context.Background()
	clock.Set(officetest.Start)
	i, err := installation.Open(ctx, installation.Options{Dir: dir, Law: law.FS, Now: clock.Now})
	if err != nil {
		fmt.Println("fault", err)
		return 1
	}
	if _, err := i.Office.FindOrgans(ctx, "江门", i18n.ZhHans); err != nil {
		fmt.Println("fault", err)
		return 1
	}
	var mu sync.Mutex
	say := func(words ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Println(words...)
	}
	say("ready")
	go i.Office.Run(ctx)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for {
				if err := career(ctx, i.Office, say); err != nil {
					say("fault", err)
					return
				}
			}
		})
	}
	wg.Wait()
	return 1
}

// career brings one report from the portal to its acceptance, with a photograph and a word between.
func career(ctx context.Context, o *office.Office, say func(...any)) error {
	d, err := o.NewDraft(ctx)
	if err != nil {
		return err
	}
	fields := officetest.Report()
	fields["officer_hint"] = []string{"穿制服的人在蓝色雨棚下面"}
	if _, err := o.SaveDraft(ctx, d.ID, fields); err != nil {
		return err
	}
	receipt, err := o.FileReport(ctx, d.ID, i18n.ZhHans, nil)
	if err != nil {
		return err
	}
	say(receipt.Code, receipt.ID, 1, "file_report")
	officer, filer := o.ReaderFor(officetest.Officer, 0), o.ReaderFor("", receipt.ID)
	for _, step := range []struct {
		r      office.Reader
		act    string
		fields map[string][]string
	}{
		{officer, "link_target", map[string][]string{"target": {"unknown"}, "officer_known": {"false"}}},
		{filer, "add_files", nil},
		{officer, "sort", map[string][]string{"stream": {"about_enforcement"}, "title": {"没有出示证件"}, "summary": {"反映没有出示证件。"}}},
		{officer, "claim", nil},
		{officer, "accept", map[string][]string{"scope": {"有没有出示证件。"}}},
		{filer, "message_staff", map[string][]string{"message": {"谢谢"}}},
	} {
		a := office.Act{Matter: receipt.ID, Act: step.act, Fields: step.fields, Key: d.ID + step.act}
		if step.act == "add_files" {
			a.Uploads = map[string][]office.Upload{"files": {{Name: "a.png", Body: bytes.NewReader(picture(1))}}}
		}
		done, err := o.Perform(ctx, step.r, a)
		if err != nil {
			return fmt.Errorf("%s: %w", step.act, err)
		}
		say(receipt.Code, receipt.ID, done.Seq, step.act)
	}
	return nil
}

// picture is a small photograph of a shade.
func picture(shade uint8) []byte {
	img := image.NewGray(image.Rect(0, 0, 8, 8))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}
