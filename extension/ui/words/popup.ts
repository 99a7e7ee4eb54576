import type { ClosedBecause } from "../popup/read-page.ts";
import { countOf } from "../when.ts";

/** Every sentence of the popup. */
export const popupWords = {
	// Head
	switchTarget: (targets: readonly (readonly [name: string, provider: string])[]) =>
		`Records go to ${targets.map(([name, provider]) => `${name} in ${provider}`).join(" and ")}. Change`,
	andMore: (name: string, count: number) => `${name} + ${count}`,
	alsoTo: (site: string) => `From ${site}, also to…`,
	alsoToOne: (name: string) => `Also to ${name}`,
	newTarget: "Add another table",
	menu: "Menu",
	menuOverview: "Open Sheaf",
	menuRecords: "All records",
	menuTargets: "Tables and mapping",
	menuSettings: "Settings",
	// The strip under the head
	signIn: "Sign in",
	noTarget: "Choose where records go.",
	noTargetButton: "Choose a table",
	// The record
	reading: "Reading the page",
	title: "Title",
	alreadySaved: "already saved",
	backToPage: "Back to this page",
	unmapped: (count: number) => `${countOf(count, "field", "fields")} not in this table`,
	unmappedNote: "Kept with the record, not sent to the table.",
	imageAlt: "Picture of this record",
	// Pages that cannot be read
	closed: {
		"browser-page": "The browser keeps its own pages closed to Sheaf.",
		"not-readable": "The browser does not let Sheaf read this page.",
		"document-changed": "The page changed while Sheaf was reading it. Close this and open it again.",
		"no-answer": "This page did not answer.",
		"address-not-http": "Sheaf reads web pages only, and this is not one.",
	} satisfies Record<ClosedBecause, string>,
	unreadableButton: "Save an address by hand",
	// The main action
	send: "Send",
	update: "Update",
	saveHere: "Save here",
	saveChanges: "Save changes",
	saving: "Saving",
	undo: "Undo",
	undoTitle: (keys: string) => `Take it back (${keys})`,
	takenBack: "Taken back",
	mendFields: "Look at the marked fields first.",
	notSaved: "This could not be saved: the device's storage refused it. Free some space, then press Send again.",
	// Recent
	recent: "Recent",
	nothingYet: "What you capture shows up here, with where it is.",
	olderNeedYou: (count: number) => `${countOf(count, "older record needs", "older records need")} you`,
	untitled: "Without a title",
	// Health
	offline: (count: number) =>
		count === 0
			? "You are offline. Captures wait here."
			: `You are offline. ${countOf(count, "record waits", "records wait")} here.`,
	targetPaused: (name: string, waiting: number) => `${name} is paused${waitingPart(waiting)}.`,
	targetBroken: (message: string, waiting: number) => `${withoutStop(message)}${waitingPart(waiting)}.`,
	accessEnds: (provider: string, when: string, waiting: number) =>
		`The access to ${provider} ends ${when}${waitingPart(waiting)}.`,
	resume: "Resume",
	reconnect: "Reconnect",
	signedOut: (waiting: number) => `You were signed out on this device${waitingPart(waiting)}.`,
};

function waitingPart(count: number): string {
	return count === 0 ? "" : ` · ${countOf(count, "record", "records")} waiting`;
}

const withoutStop = (sentence: string) => sentence.replace(/\.\s*$/, "");
