package portal

import "net/http"

// Route is one address of the portal, with an address to try it.
type Route struct{ Method, Pattern, Sample string }

// route is an address and the method that serves it.
type route struct {
	Route
	serve func(*Portal, http.ResponseWriter, *http.Request) error
}

// Routes lists every route, each with an address to try. Samples of drafts and matters are well formed and unknown.
func Routes() []Route {
	list := make([]Route, len(routes))
	for i, r := range routes {
		list[i] = r.Route
	}
	return list
}

const sampleDraft = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

var routes = []route{
	{get("/{$}", "/"), (*Portal).home},
	{get(manifestPath, manifestPath), (*Portal).manifest},
	{get(workerPath, workerPath), (*Portal).worker},
	{get(offlinePath, offlinePath), (*Portal).offline},
	{get("/report", "/report"), (*Portal).reportStart},
	{post("/report", "/report"), (*Portal).startReport},
	{get("/report/wait", "/report/wait"), (*Portal).startWait},
	{get("/report/d/{draft}/wait", "/report/d/"+sampleDraft+"/wait"), (*Portal).reportWait},
	{get("/report/d/{draft}/advice", "/report/d/"+sampleDraft+"/advice"), (*Portal).reportAdvice},
	{get("/report/d/{draft}/later", "/report/d/"+sampleDraft+"/later"), (*Portal).reportLater},
	{get("/report/d/{draft}/check", "/report/d/"+sampleDraft+"/check"), (*Portal).reportCheck},
	{post("/report/d/{draft}/check", "/report/d/"+sampleDraft+"/check"), (*Portal).fileReport},
	{get("/report/d/{draft}/receipt", "/report/d/"+sampleDraft+"/receipt"), (*Portal).reportReceipt},
	{get("/report/d/{draft}/receipt/file", "/report/d/"+sampleDraft+"/receipt/file"), (*Portal).receiptFile},
	{get("/report/d/{draft}/confirm", "/report/d/"+sampleDraft+"/confirm"), (*Portal).reportConfirm},
	{post("/report/d/{draft}/confirm", "/report/d/"+sampleDraft+"/confirm"), (*Portal).confirmReport},
	{get("/report/d/{draft}/files", "/report/d/"+sampleDraft+"/files"), (*Portal).reportFiles},
	{post("/report/d/{draft}/files", "/report/d/"+sampleDraft+"/files"), (*Portal).addFiles},
	{post("/report/u/{draft}", "/report/u/"+sampleDraft), (*Portal).beginUpload},
	{head("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{patch("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{remove("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{post("/report/u/{draft}/{upload}", "/report/u/"+sampleDraft+"/0"), (*Portal).goOnUpload},
	{get("/report/d/{draft}/{step}", "/report/d/"+sampleDraft+"/what"), (*Portal).reportStep},
	{post("/report/d/{draft}/{step}", "/report/d/"+sampleDraft+"/what"), (*Portal).saveStep},
	{post("/report/d/{draft}/{step}/save", "/report/d/"+sampleDraft+"/what/save"), (*Portal).autosave},
	{get("/track", "/track"), (*Portal).trackStart},
	{post("/track", "/track"), (*Portal).startTrack},
	{post("/track/leave", "/track/leave"), (*Portal).leaveTrack},
	{get("/track/matter", "/track/matter"), (*Portal).trackMatter},
	{post("/track/of", "/track/of"), (*Portal).trackOf},
	{get("/mine", "/mine"), (*Portal).mine},
	{post("/mine", "/mine"), (*Portal).startMine},
	{get("/mine/code/{ticket}", "/mine/code/00"), (*Portal).mineCode},
	{post("/mine/code/{ticket}", "/mine/code/00"), (*Portal).checkMine},
	{post("/mine/open", "/mine/open"), (*Portal).openMine},
	{post("/mine/leave", "/mine/leave"), (*Portal).leaveMine},
	{get("/identify", "/identify"), (*Portal).identify},
	{get("/identify/back", "/identify/back"), (*Portal).identified},
	{get("/track/inspections", "/track/inspections"), (*Portal).trackInspections},
	{get("/track/receipt", "/track/receipt"), (*Portal).trackReceipt},
	{post("/track/uploads", "/track/uploads"), (*Portal).beginTrackUpload},
	{head("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{patch("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{remove("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{post("/track/uploads/{upload}", "/track/uploads/0"), (*Portal).goOnTrackUpload},
	{get("/track/acts/{act}", "/track/acts/withdraw"), (*Portal).trackAct},
	{post("/track/acts/{act}", "/track/acts/withdraw"), (*Portal).performAct},
	{get("/track/documents/{seq}", "/track/documents/1"), (*Portal).trackDocument},
	{get("/track/documents/{seq}/pdf", "/track/documents/1/pdf"), (*Portal).trackPDF},
	{get("/track/documents/{seq}/proof", "/track/documents/1/proof"), (*Portal).trackProof},
	{get("/track/paper", "/track/paper"), (*Portal).trackPaper},
	{get("/collect/{link}", "/collect/"+sampleDraft), (*Portal).collect},
	{post("/collect/{link}", "/collect/"+sampleDraft), (*Portal).openCollect},
	{get("/track/files/{seq}/{class}/{n}", "/track/files/1/filer/0"), (*Portal).trackFile},
	{get("/how", "/how"), (*Portal).howList},
	{get("/how/{procedure}", "/how/"+complaint), (*Portal).howProcedure},
	{get(rosterPath, rosterPath), (*Portal).rosters},
	{get(rosterPath+"/{roster}", rosterPath+"/liaison"), (*Portal).roster},
	{get("/poster", "/poster"), (*Portal).poster},
	{get(inspectionsPath, inspectionsPath), (*Portal).inspections},
	{get(inspectionsPath+"/figures.csv", inspectionsPath+"/figures.csv"), (*Portal).inspectionsCSV},
	{get(inspectionsPath+"/figures.json", inspectionsPath+"/figures.json"), (*Portal).inspectionsJSON},
	{get(outcomesPath, outcomesPath), (*Portal).outcomes},
	{get(outcomesPath+"/{id}", outcomesPath+"/0000000000000"), (*Portal).outcome},
	{get(feedPath, feedPath), (*Portal).outcomesFeed},
	{get(subscribePath, subscribePath), (*Portal).subscribe},
	{post(subscribePath, subscribePath), (*Portal).startSubscribe},
	{get(subscribePath+"/{link}", subscribePath+"/00"), (*Portal).subscription},
	{post(subscribePath+"/{link}", subscribePath+"/00"), (*Portal).confirmSubscription},
	{get(subscribePath+"/{link}/leave", subscribePath+"/00/leave"), (*Portal).subscription},
	{post(subscribePath+"/{link}/leave", subscribePath+"/00/leave"), (*Portal).endSubscription},
	{get("/law", "/law"), (*Portal).statutes},
	{get("/law/{statute}", "/law/xzcf"), (*Portal).statute},
	{get("/law/{statute}/{article}", "/law/xzcf/64"), (*Portal).article},
	{get("/help", "/help"), (*Portal).helpContents},
	{get("/calculator", "/calculator?term=pen-07&from=2026-09-24"), (*Portal).calculator},
	{get("/calculator.json", "/calculator.json?term=pen-07&from=2026-09-24"), (*Portal).calculatorJSON},
	{get("/calendar", "/calendar"), (*Portal).calendar},
	{get("/calendar/{year}", "/calendar/2026"), (*Portal).calendar},
	{get("/statistics", "/statistics"), (*Portal).statistics},
	{get("/statistics/figures.csv", "/statistics/figures.csv"), (*Portal).statisticsCSV},
	{get("/statistics/figures.json", "/statistics/figures.json"), (*Portal).statisticsJSON},
	{get("/statistics/figures.schema.json", "/statistics/figures.schema.json"), (*Portal).figuresSchema},
	{get("/help/{topic}", "/help/protection"), (*Portal).help},
	{get("/help/pictures/{name}", "/help/pictures/track.png"), (*Portal).helpPicture},
	{get("/verify", "/verify"), (*Portal).verify},
	{get("/log/checkpoint", "/log/checkpoint"), (*Portal).logCheckpoint},
	{get("/log/cosigned", "/log/cosigned"), (*Portal).logCosigned},
	{post("/log/cosignature", "/log/cosignature"), (*Portal).logCosign},
	{get("/log/key", "/log/key"), (*Portal).logKey},
	{get("/log/since/{size}", "/log/since/1"), (*Portal).logSince},
	{get("/log/tile/{path...}", "/log/tile/0/000.p/1"), (*Portal).logTile},
	{get("/news", "/news"), (*Portal).news},
	{get("/news/list", "/news/list"), (*Portal).newsList},
	{get("/track/news", "/track/news"), (*Portal).trackNews},
	{post("/csp-report", "/csp-report"), (*Portal).reportCSP},
	{get("/robots.txt", "/robots.txt"), (*Portal).robots},
	{get("/.well-known/security.txt", "/.well-known/security.txt"), (*Portal).securityTxt},
}

func get(pattern, sample string) Route {
	return Route{Method: http.MethodGet, Pattern: pattern, Sample: sample}
}

func post(pattern, sample string) Route {
	return Route{Method: http.MethodPost, Pattern: pattern, Sample: sample}
}

func head(pattern, sample string) Route {
	return Route{Method: http.MethodHead, Pattern: pattern, Sample: sample}
}

func patch(pattern, sample string) Route {
	return Route{Method: http.MethodPatch, Pattern: pattern, Sample: sample}
}

func remove(pattern, sample string) Route {
	return Route{Method: http.MethodDelete, Pattern: pattern, Sample: sample}
}
