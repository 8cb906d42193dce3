// 逐步增强：没有 JavaScript 一切照常。每一件只在页面上有相应属性时才做。
import { keepTyped } from "./keep.js";
import { autosave } from "./autosave.js";
import { previewPaper } from "./preview.js";
import { findProof } from "./proof.js";
import { waitTurn } from "./turn.js";
import { showAsked } from "./show.js";
import { keepOffline, comeBack } from "./install.js";
import { counters, printButtons, copyButtons, focusErrors, fragmentCode } from "./small.js";

for (const start of [focusErrors, fragmentCode, counters, printButtons, copyButtons, keepTyped, autosave, findProof, waitTurn, showAsked, previewPaper, keepOffline, comeBack]) {
  try {
    start(document);
  } catch {
    // 一件坏了，不能连累别的；页面不靠它们。
  }
}
