import type { SourceProfile } from "../connectors/source.ts";

/** As much of a provider's words as the columns of a chosen account hold; nulls for none. */
export function profileColumns(profile: SourceProfile | undefined) {
	return {
		id: profile?.id ?? null,
		name: profile?.name.slice(0, 200) ?? null,
		detail: profile?.detail.slice(0, 400) ?? null,
	};
}
