import { useId } from "preact/hooks";
import type { TableField } from "../../../../backend/contract/connections.ts";
import type { ProviderView } from "../../../../backend/contract/providers.ts";
import type { TargetView } from "../../../../backend/contract/targets.ts";
import { unknownDestination } from "../../words/shared.ts";
import { targetWords as words } from "../../words/targets.ts";
import { useWorld } from "../context.ts";
import type { MappingDraft } from "./mapping/mapping-draft.ts";
import { MappingSection } from "./mapping/mapping-section.tsx";
import type { MappingPlace } from "./mapping/preview-request.ts";
import { MatchKey } from "./match-key.tsx";
import { ruledColumns } from "./policy-editor.ts";
import { PolicyFields } from "./policy-fields.tsx";
import { ReviewField } from "./review-field.tsx";
import { maxNameLength, type TargetDraft } from "./target-draft.ts";
import { WhenFields } from "./when-fields.tsx";

type TargetFormProps = {
	draft: TargetDraft;
	place: MappingPlace;
	/** As it was saved; null while it is new. */
	target: TargetView | null;
	/** The id of the connection's provider: what it can do decides what is offered. */
	providerId: string;
	onChange: (change: (now: TargetDraft) => TargetDraft) => void;
	/** Columns that were made in its table. */
	onColumns: (columns: TableField[]) => void;
};

/** What can be set about a target once its table is known. */
export function TargetForm({ draft, place, target, providerId, onChange, onColumns }: TargetFormProps) {
	const name = useId();
	const provider = useProvider(providerId);
	const columns = place.table.fields;
	// What takes its time (a column that is made) comes back to a draft that has moved on: only its part of it is set.
	const set = (part: Partial<TargetDraft>) => onChange((now) => ({ ...now, ...part }));
	const setMapping = (mapping: MappingDraft) => set({ mapping });
	return (
		<>
			<MappingSection
				mapping={draft.mapping}
				place={place}
				names={new Map((target?.columns ?? []).map((column) => [column.id, column.name]))}
				provider={{ title: provider?.title ?? unknownDestination, canCreate: provider?.can.createColumns ?? false }}
				mending={target?.problem?.action === "mend_target"}
				onChange={setMapping}
				onColumns={onColumns}
			/>
			<MatchKey mapping={draft.mapping} columns={columns} onChange={setMapping} />
			<PolicyFields
				policies={draft.policies}
				columns={ruledColumns(draft.mapping, columns)}
				unreadable={provider === null || provider.can.read ? null : provider.title}
				onChange={(policies) => set({ policies })}
			/>
			<WhenFields rhythm={draft.rhythm} onChange={(rhythm) => set({ rhythm })} />
			<ReviewField review={draft.review} onChange={(review) => set({ review })} />
			<section class="form-part">
				<label for={name}>
					<h2>{words.name}</h2>
				</label>
				<input
					id={name}
					class="input target-name"
					type="text"
					maxLength={maxNameLength}
					value={draft.name}
					onInput={(event) => set({ name: event.currentTarget.value })}
				/>
			</section>
		</>
	);
}

function useProvider(id: string): ProviderView | null {
	const { catalog } = useWorld();
	const providers = catalog.state === "ready" ? catalog.value.providers : [];
	return providers.find((provider) => provider.id === id) ?? null;
}
