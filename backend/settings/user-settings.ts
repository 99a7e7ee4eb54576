import type { SettingsPatch, SettingsView } from "../contract/settings.ts";
import type { AsTenant } from "../db/as-tenant.ts";
import type { Principal } from "../db/principal.ts";
import { SheafError } from "../errors.ts";
import { holdsUnstorableText } from "../records/text-rules.ts";
import { mergePatch } from "./merge-patch.ts";

type Deps = { database: { asTenant: AsTenant } };
type SettingsRow = { version: string; settings: SettingsView["settings"] };

/** Of the settings as JSON in UTF-8; the same as the largest patch that is read. */
export const maxSettingsBytes = 65_536;

/** A person's settings; version 0 and empty before their first change. */
export async function readSettings({ database }: Deps, principal: Principal): Promise<SettingsView> {
	const [row] = await database.asTenant(
		principal,
		async (sql) =>
			await sql<SettingsRow[]>`
			select version, settings from sheaf.user_settings where user_id = sheaf.current_user_id()`,
	);
	return row ? { version: Number(row.version), settings: row.settings } : { version: 0, settings: {} };
}

/**
 * Merges a patch into a person's settings and answers with the result, other devices' changes included. A patch that changes
 * nothing still counts: its version tells the device that it was taken.
 *
 * @throws SheafError `settings/version-conflict` (with the version there is) when the patch names another one,
 *   `settings/too-large`, `request/invalid`
 */
export async function patchSettings(
	{ database }: Deps,
	principal: Principal,
	patch: SettingsPatch,
): Promise<SettingsView> {
	return await database.asTenant(principal, async (sql) => {
		await sql`insert into sheaf.user_settings (version) values (0) on conflict do nothing`;
		const [row] = await sql<SettingsRow[]>`
			select version, settings from sheaf.user_settings where user_id = sheaf.current_user_id() for update`;
		const known = { version: Number(row?.version ?? 0), settings: row?.settings ?? {} };
		if (patch.version !== undefined && patch.version !== known.version) throw versionConflict(known.version);
		const settings = mergePatch(known.settings, patch.settings);
		const text = JSON.stringify(settings);
		refuseUnkeepable(text, settings);
		const version = known.version + 1;
		await sql`
			update sheaf.user_settings set version = ${version}, settings = ${text}::text::jsonb, updated_at = now()
			where user_id = sheaf.current_user_id()`;
		return { version, settings };
	});
}

function versionConflict(version: number): SheafError {
	const message = "Another device changed the settings in the meantime. Load them again, then change them.";
	return new SheafError("settings/version-conflict", message, { details: { version } });
}

function refuseUnkeepable(text: string, settings: object): void {
	if (holdsUnstorableText(text, settings)) {
		throw new SheafError("request/invalid", "A text holds a NUL character or half an emoji, which cannot be stored.");
	}
	if (Buffer.byteLength(text) <= maxSettingsBytes) return;
	throw new SheafError("settings/too-large", `Settings take at most ${maxSettingsBytes / 1024} KiB in all.`, {
		details: { maxBytes: maxSettingsBytes },
	});
}
