import { countOf } from "../when.ts";

const captures = (count: number) => countOf(count, "capture", "captures");

/** One and many of what a receipt counts; what is not here reads as its own name. */
const counted: Record<string, [one: string, many: string]> = {
	records: ["record", "records"],
	operations: ["saved change", "saved changes"],
	deliveries: ["delivery", "deliveries"],
	connections: ["connection", "connections"],
	targets: ["target", "targets"],
	workspaces: ["workspace", "workspaces"],
	memberships: ["membership", "memberships"],
	members: ["membership", "memberships"],
	invites: ["open invite", "open invites"],
	sessions: ["signed-in device", "signed-in devices"],
	accounts: ["way in", "ways in"],
	jobs: ["queued job", "queued jobs"],
};

/** The sentences about taking data along, signing out and leaving for good. */
export const accountEndWords = {
	// Taking data along
	data: "Your data",
	export: "Export everything",
	exportBody:
		"One ZIP file with all that Sheaf has of you: records, targets, settings, sessions and what was done in your name. Keys to your accounts are never in it.",
	exportDo: "Download",
	exporting: "Packing your archive",
	exported: (name: string, size: string) => `${name} saved, ${size}.`,
	exportName: (day: string) => `sheaf-export-${day}.zip`,

	// Signing out
	signOut: "Sign out",
	signOutThis: "Sign out on this device",
	signingOut: "Signing out",
	signOutBody: (waiting: number) =>
		waiting === 0
			? "Nothing of this account stays readable on this device."
			: `${captures(waiting)} ${waiting === 1 ? "waits" : "wait"} here. What cannot be sent now is kept sealed on this device until you sign in again.`,

	// Deleting
	delete: "Delete account",
	deleteDots: "Delete…",
	deleteBody: "Removes everything Sheaf has of you, at once and for good.",
	deleteTitle: "Delete your account?",
	deleting: "Deleting",
	goes: "This goes, and cannot be brought back:",
	goesProfile: "your profile, your ways in and your settings",
	goesWorkspaces: (own: string) => `${own}, with all records, targets and connections in it`,
	goesAlone: "shared workspaces that nobody else is in",
	goesConnections: "your connections in other workspaces, with the targets that use them",
	goesDevices: "every signed-in device, and what is queued or sealed on this one",
	stays: "This stays:",
	staysShared: (names: string) => `records you captured in ${names}, when others are there`,
	staysRows: "rows that are in your tables already; they are yours and Sheaf does not touch them",
	typeEmail: (email: string) => `Type ${email} to confirm`,
	typeWord: "Type the word delete to confirm",
	word: "delete",
	deleteNow: "Delete for good",

	// The receipt
	receiptTitle: "Your Sheaf account is deleted",
	receiptBody: "This is the receipt. It has been saved as a file, because Sheaf forgets it with you.",
	receiptNumber: "Receipt",
	receiptAsked: "Asked for",
	receiptDone: "Done",
	removed: "Removed:",
	removedNothing: "nothing, because there was nothing",
	counted: (name: string, count: number) => {
		const [one, many] = counted[name] ?? [name.replaceAll("_", " "), name.replaceAll("_", " ")];
		return countOf(count, one, many);
	},
	grantsTitle: "Access you had given:",
	grants: {
		revoked: (provider: string) => `${provider}: taken back.`,
		expires: (provider: string) => `${provider}: forgotten here, and ends there by itself.`,
		by_hand: (provider: string) => `${provider}: forgotten here. Take it back there too:`,
	},
	staysInTables: "Rows in your tables were not touched.",
	saveReceipt: "Save again",
	receiptClose: "Close",
};
