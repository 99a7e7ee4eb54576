import type account from "../locales/en/account.json";
import type accountEnd from "../locales/en/account-end.json";
import type activity from "../locales/en/activity.json";
import type answers from "../locales/en/answers.json";
import type background from "../locales/en/background.json";
import type bulk from "../locales/en/bulk.json";
import type capture from "../locales/en/capture.json";
import type data from "../locales/en/data.json";
import type decide from "../locales/en/decide.json";
import type diagnostics from "../locales/en/diagnostics.json";
import type errors from "../locales/en/errors.json";
import type files from "../locales/en/files.json";
import type form from "../locales/en/form.json";
import type grid from "../locales/en/grid.json";
import type guest from "../locales/en/guest.json";
import type inbox from "../locales/en/inbox.json";
import type inputs from "../locales/en/inputs.json";
import type jobs from "../locales/en/jobs.json";
import type manifest from "../locales/en/manifest.json";
import type mapping from "../locales/en/mapping.json";
import type options from "../locales/en/options.json";
import type panel from "../locales/en/panel.json";
import type pick from "../locales/en/pick.json";
import type picker from "../locales/en/picker.json";
import type pictures from "../locales/en/pictures.json";
import type policies from "../locales/en/policies.json";
import type popup from "../locales/en/popup.json";
import type privacy from "../locales/en/privacy.json";
import type profiles from "../locales/en/profiles.json";
import type queue from "../locales/en/queue.json";
import type recipes from "../locales/en/recipes.json";
import type records from "../locales/en/records.json";
import type rhythm from "../locales/en/rhythm.json";
import type roles from "../locales/en/roles.json";
import type selections from "../locales/en/selections.json";
import type shared from "../locales/en/shared.json";
import type shortcuts from "../locales/en/shortcuts.json";
import type status from "../locales/en/status.json";
import type steps from "../locales/en/steps.json";
import type targets from "../locales/en/targets.json";
import type webhooks from "../locales/en/webhooks.json";
import type when from "../locales/en/when.json";
import type workspace from "../locales/en/workspace.json";

/** One line for each file of `locales/en/`: a key that is in none of them does not compile. */
type English = {
	account: typeof account;
	"account-end": typeof accountEnd;
	activity: typeof activity;
	answers: typeof answers;
	background: typeof background;
	bulk: typeof bulk;
	capture: typeof capture;
	data: typeof data;
	decide: typeof decide;
	diagnostics: typeof diagnostics;
	errors: typeof errors;
	files: typeof files;
	form: typeof form;
	grid: typeof grid;
	guest: typeof guest;
	inbox: typeof inbox;
	inputs: typeof inputs;
	jobs: typeof jobs;
	manifest: typeof manifest;
	mapping: typeof mapping;
	options: typeof options;
	panel: typeof panel;
	pick: typeof pick;
	picker: typeof picker;
	pictures: typeof pictures;
	policies: typeof policies;
	popup: typeof popup;
	queue: typeof queue;
	privacy: typeof privacy;
	profiles: typeof profiles;
	recipes: typeof recipes;
	records: typeof records;
	rhythm: typeof rhythm;
	roles: typeof roles;
	selections: typeof selections;
	shared: typeof shared;
	shortcuts: typeof shortcuts;
	status: typeof status;
	steps: typeof steps;
	targets: typeof targets;
	webhooks: typeof webhooks;
	when: typeof when;
	workspace: typeof workspace;
};

/** A message for counts: every language has `other`, and beside it the forms it tells apart. */
type Forms = { other: string };

type KeysOf<T, Kind extends "plain" | "plural"> = {
	[Name in keyof T & string]: T[Name] extends string
		? Kind extends "plain"
			? Name
			: never
		: T[Name] extends Forms
			? Kind extends "plural"
				? Name
				: never
			: `${Name}.${KeysOf<T[Name], Kind>}`;
}[keyof T & string];

/** "popup.send": the section and the way to the text in it. */
export type MessageKey = KeysOf<English, "plain">;

/** "popup.records": the same for a text that has forms for counts. */
export type PluralKey = KeysOf<English, "plural">;
