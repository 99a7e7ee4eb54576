import { plural, t } from "../../i18n/t.ts";

/** What a receipt counts and this version knows; anything else reads as its own name. */
const counted = [
	"records",
	"operations",
	"deliveries",
	"connections",
	"targets",
	"workspaces",
	"memberships",
	"members",
	"invites",
	"sessions",
	"accounts",
	"jobs",
] as const;

/** The sentences about taking data along, signing out and leaving for good. */
export const accountEndWords = {
	// Taking data along
	export: t("account-end.export"),
	exportBody: t("account-end.exportBody"),
	exportDo: t("account-end.exportDo"),
	exporting: t("account-end.exporting"),
	exported: (name: string, size: string) => t("account-end.exported", { name, size }),
	exportName: (day: string) => `sheaf-export-${day}.zip`,

	// Signing out
	signOut: t("account-end.signOut"),
	signOutThis: t("account-end.signOutThis"),
	signingOut: t("account-end.signingOut"),
	signOutBody: (waiting: number) =>
		waiting === 0 ? t("account-end.signOutBody") : plural("account-end.signOutBodyWaiting", waiting),

	// Deleting
	delete: t("account-end.delete"),
	deleteDots: t("account-end.deleteDots"),
	deleteBody: t("account-end.deleteBody"),
	deleteTitle: t("account-end.deleteTitle"),
	deleting: t("account-end.deleting"),
	goes: t("account-end.goes"),
	goesProfile: t("account-end.goesProfile"),
	goesWorkspaces: (own: string) => t("account-end.goesWorkspaces", { own }),
	goesAlone: t("account-end.goesAlone"),
	goesConnections: t("account-end.goesConnections"),
	goesDevices: t("account-end.goesDevices"),
	stays: t("account-end.stays"),
	staysShared: (names: string) => t("account-end.staysShared", { names }),
	staysRows: t("account-end.staysRows"),
	typeEmail: (email: string) => t("account-end.typeEmail", { email }),
	typeWord: t("account-end.typeWord", { word: t("account-end.word") }),
	word: t("account-end.word"),
	deleteNow: t("account-end.deleteNow"),

	// The receipt
	receiptTitle: t("account-end.receiptTitle"),
	receiptBody: t("account-end.receiptBody"),
	receiptNumber: t("account-end.receiptNumber"),
	receiptAsked: t("account-end.receiptAsked"),
	receiptDone: t("account-end.receiptDone"),
	removed: t("account-end.removed"),
	removedNothing: t("account-end.removedNothing"),
	counted: (name: string, count: number) => {
		const known = counted.find((one) => one === name);
		if (known === undefined) return t("account-end.countedOther", { n: count, name: name.replaceAll("_", " ") });
		return plural(`account-end.counted.${known}`, count);
	},
	grantsTitle: t("account-end.grantsTitle"),
	grants: {
		revoked: (provider: string) => t("account-end.grants.revoked", { provider }),
		expires: (provider: string) => t("account-end.grants.expires", { provider }),
		by_hand: (provider: string) => t("account-end.grants.by_hand", { provider }),
	},
	staysInTables: t("account-end.staysInTables"),
	saveReceipt: t("account-end.saveReceipt"),
	receiptClose: t("account-end.receiptClose"),
};
