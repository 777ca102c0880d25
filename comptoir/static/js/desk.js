// What only the office's desk has; its pages load it after app.js.

import { begin as dossiers } from "./dossiers.js";
import { begin as imports } from "./imports.js";
import { begin as keys } from "./keys.js";
import { begin as notes } from "./notes.js";
import { begin as selection } from "./selection.js";
import { begin as sending } from "./sending.js";
import { begin as sums } from "./sums.js";
import { begin as tabs } from "./tabs.js";

for (const begin of [selection, notes, tabs, dossiers, imports, keys, sums, sending]) begin();
