package main

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"yifa/internal/installation"
	"yifa/law"
)

// The first administrator of an empty installation is entered once, changes the password given out, and is at the desk;
// a lost password is given anew, with a reason. No password stands in what the program logs.
func TestAdmin(t *testing.T) {
	dir := t.TempDir()
	admin := func(stdin string, args ...string) (string, string, error) {
		cmd := exec.CommandContext(t.Context(), os.Args[0], append([]string{"admin"}, append(args, "--data", dir)...)...)
		cmd.Env = append(cmd.Environ(), asProgram+"=1")
		cmd.Stdin = strings.NewReader(stdin)
		var errs strings.Builder
		cmd.Stderr = &errs
		out, err := cmd.Output()
		return string(out), errs.String(), err
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "key", filepath.Join(dir, "yifa.key"))
	cmd.Env = append(cmd.Environ(), asProgram+"=1")
	must(t, cmd.Run())
	out, told, err := admin("", "init", "--login", "guanli", "--name", "关立")
	first := regexp.MustCompile(`[0-9a-z]{4}(-[0-9a-z]{4}){4}`).FindString(out)
	if err != nil || first == "" || strings.Contains(told, first) {
		t.Fatalf("init: %v\n%s\n%s", err, out, told)
	}
	if _, told, err = admin("", "init", "--login", "zaiyi", "--name", "再一"); err == nil || !strings.Contains(told, "has begun") {
		t.Errorf("a second time: %v %s", err, told)
	}
	if _, told, err = admin("", "password", "nobody", "--reason", "x"); err == nil || !strings.Contains(told, "no such account") {
		t.Errorf("nobody's password: %v %s", err, told)
	}
	if out, _, err = admin("", "account", "create", "lin-xiaoqing", "--name", "林晓晴", "--organ", "440703-sfj", "--reason", "首批账号"); err != nil || !strings.Contains(out, "lin-xiaoqing") {
		t.Errorf("create: %v %s", err, out)
	}
	if _, told, err = admin("", "account", "unlock", "lin-xiaoqing", "--reason", "x"); err == nil {
		t.Errorf("unlock what is not locked: %s", told)
	}
	if _, told, err = admin("", "account", "end", "lin-xiaoqing", "--reason", "登记错了"); err != nil {
		t.Errorf("end: %s", told)
	}
	if _, told, err = admin("", "second-factor", "guanli", "--remove", "--reason", "手机丢了"); err != nil {
		t.Errorf("second factor: %s", told)
	}
	if _, told, err = admin("short\n", "password", "guanli", "--ask", "--reason", "忘了"); err == nil || !strings.Contains(told, "too short") {
		t.Errorf("a short password: %v %s", err, told)
	}
	i, err := installation.Open(t.Context(), installation.Options{Dir: dir, Law: law.FS, Hooks: hooks, Now: time.Now})
	must(t, err)
	t.Cleanup(func() { must(t, i.Close()) })
	h, err := site(i, siteOptions{})
	must(t, err)
	v := (&town{t: t, url: served(t, h)}).visitor()
	v.Post("/desk/sign-in", url.Values{"desk-login": {"guanli"}, "desk-password": {first}}).Leads(t, "/desk/sign-in?to=%2Fdesk")
	v.Get("/desk").Leads(t, "/desk/sign-in?to=%2Fdesk")
	v.Get("/desk/sign-in").Is(t, 200, "换成自己的密码")
	v.Post("/desk/sign-in", url.Values{"desk-new-password": {"竹影清风一壶茶慢慢喝下去"}, "desk-new-again": {"不一样"}}).Is(t, 401, "两次写的不一样")
	v.Post("/desk/sign-in", url.Values{"desk-new-password": {"竹影清风一壶茶慢慢喝下去"}, "desk-new-again": {"竹影清风一壶茶慢慢喝下去"}}).Leads(t, "/desk")
	v.Get("/desk/account").Is(t, 200, "关立", "平台管理员")
	found, err := i.Office.Verify(t.Context())
	if err != nil || len(found.Differences) > 0 {
		t.Errorf("verify: %v %v", found.Differences, err)
	}
}
