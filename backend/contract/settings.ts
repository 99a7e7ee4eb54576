import { type Static, Type } from "@sinclair/typebox";

/**
 * Whatever was sent arrives as it was sent, and the room refuses what is no object: a schema of an object takes a list for one, and
 * drops the names it should be told of.
 */
const Names = Type.Unsafe<Record<string, unknown>>(Type.Unknown({ description: "An object of names and values." }));

/** `GET /api/v1/users/me/settings`: a person's preferences, the same on every device (ACC-5). */
export const SettingsView = Type.Object({
	/** Grows by one with every change; 0 before the first. */
	version: Type.Integer({ minimum: 0 }),
	settings: Type.Record(Type.String(), Type.Unknown()),
});
export type SettingsView = Static<typeof SettingsView>;

/**
 * `PATCH /api/v1/users/me/settings`: an RFC 7396 merge patch, so that two devices which change different things both keep their
 * change. With `version` the patch is refused (`settings/version-conflict`) when another device was faster.
 */
export const SettingsPatch = Type.Object(
	{ settings: Names, version: Type.Optional(Type.Integer({ minimum: 0 })) },
	{ additionalProperties: false },
);
export type SettingsPatch = Static<typeof SettingsPatch>;
