package main

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// clientOf tells where a request came from when it may have come through our own proxies: the last address that
// X-Forwarded-For names and that is no proxy of ours. What anybody else writes there is not believed. Without
// proxies it is nil: the address of the connection.
func clientOf(proxies []netip.Prefix) func(*http.Request) netip.Addr {
	if len(proxies) == 0 {
		return nil
	}
	ours := func(a netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	return func(r *http.Request) netip.Addr {
		host, _, _ := net.SplitHostPort(r.RemoteAddr)
		addr, _ := netip.ParseAddr(host) // not an address: the zero one, which all such share
		addr = addr.Unmap()
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(hops) - 1; i >= 0 && ours(addr); i-- {
			hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
			if err != nil {
				break
			}
			addr = hop.Unmap()
		}
		return addr
	}
}
