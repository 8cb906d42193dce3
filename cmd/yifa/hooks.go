package main

import "yifa/internal/procedure"

// hooks are the functions of procedure versions that need some, by id@version.
var hooks = map[string]procedure.Hooks{}
