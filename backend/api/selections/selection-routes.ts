import type { RouteModule } from "../app-deps.ts";
import { deleteOneSelection } from "./delete-selection.ts";
import { getOneSelection } from "./get-selection.ts";
import { getSelectionRows } from "./list-rows.ts";
import { getSelectionRuns } from "./list-runs.ts";
import { getSelections } from "./list-selections.ts";
import { patchSelection } from "./patch-selection.ts";
import { postSelectionKeep } from "./post-keep.ts";
import { postSelectionRun } from "./post-run.ts";
import { postSelection } from "./post-selection.ts";
import { postSelectionStop } from "./post-stop.ts";

/** Every route about selections, for `routes.ts`. */
export const selectionRoutes: readonly RouteModule[] = [
	getSelections,
	postSelection,
	getOneSelection,
	patchSelection,
	deleteOneSelection,
	getSelectionRuns,
	postSelectionRun,
	postSelectionStop,
	getSelectionRows,
	postSelectionKeep,
];
