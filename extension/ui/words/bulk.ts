import type { BulkKind, BulkView } from "../../../backend/contract/bulk.ts";
import { countOf } from "../when.ts";

const records = (count: number) => countOf(count, "record", "records");

/** What is happening to how many, while it does. */
const doing: Readonly<Record<BulkKind, string>> = {
	retry: "Trying again",
	resync: "Sending again",
	remap: "Applying the mapping",
	move: "Moving",
	delete: "Deleting",
};

const done: Readonly<Record<BulkKind, string>> = {
	retry: "Tried again",
	resync: "Sent again",
	remap: "Mapping applied",
	move: "Moved",
	delete: "Deleted",
};

/** The sentences about doing something to many records at once. */
export const bulkWords = {
	section: "Many records at once",
	select: (title: string) => `Select ${title}`,
	selectPage: "Select all shown",
	selected: (count: number) => `${records(count)} selected`,
	everything: (count: number) => `All ${records(count)} that match are selected, from every device in this workspace`,
	selectEverything: (count: number) => `Select all ${records(count)} that match in this workspace`,
	clear: "Clear",
	bar: "With the selected records",
	retry: "Try again",
	resync: "Send again",
	move: "Move",
	delete: "Delete",
	starting: "Starting",
	progress: ({ kind, done: took, failed, total }: BulkView) => `${doing[kind]}: ${took + failed} of ${records(total)}`,
	stop: "Stop",
	stopping: "Stopping",
	result: ({ kind, status, done: took, total }: BulkView) =>
		status === "stopped" ? `Stopped: ${took} of ${records(total)} done.` : `${done[kind]}: ${records(took)}.`,
	outcome: ({ outcome }: BulkView) =>
		[
			outcome.delivered > 0 && `${outcome.delivered} in place`,
			outcome.waiting > 0 && `${outcome.waiting} on the way`,
			outcome.needsYou > 0 && `${outcome.needsYou} ${outcome.needsYou === 1 ? "needs" : "need"} you`,
		]
			.filter(Boolean)
			.join(" · "),
	seeNeeding: "See what needs you",
	failed: (count: number) => `Nothing could be done with ${records(count)}:`,
	gone: "A record that is gone",
	hide: "Hide",
	moveTitle: (count: number) => `Move ${records(count)}`,
	moveTo: "To",
	moveNow: "Move",
	deleteTitle: (count: number) => `Delete ${records(count)}?`,
	deleteBody: "They are deleted from Sheaf, for everybody in this workspace. This cannot be undone.",
	deleteNow: (count: number) => `Delete ${records(count)}`,
	rowsToo: (count: number) => `Also delete their ${countOf(count, "row", "rows")}`,
	rowsStay: (where: string) => `Rows in ${where} stay: they cannot be deleted from here.`,
	rowsLost: (count: number, where: string) => `${countOf(count, "row", "rows")} in ${where} will be lost.`,
	yourTables: "your tables",
	olderToo: "Older captures of the same rows are counted too.",
	counting: "Counting",
	allThere: "All of them go there already.",
	noOtherTarget: "There is no other target to move them to.",
	sendAllAgain: "Send all again",
	sendAllBody: "Writes every record of this target to its table once more, also what is there already.",
	remapAll: "Apply the mapping to all",
	remapBody: "Works out every record of this target anew by the saved columns and match key, and sends it again.",
};
