import { useId } from "preact/hooks";
import type { TableField } from "../../../../backend/contract/connections.ts";
import type { ConflictPolicy } from "../../../../backend/contract/targets.ts";
import { policyWords as words } from "../../words/policies.ts";
import { type Policies, withColumnPolicy, withPolicy } from "./policy-editor.ts";

type PolicyProps = {
	policies: Policies;
	/** The mapped columns, without those rows are matched by. */
	columns: readonly TableField[];
	/** What it is called, where its rows cannot be looked at; then there is nothing to choose. */
	unreadable: string | null;
	onChange: (policies: Policies) => void;
};

const offered: readonly ConflictPolicy[] = ["overwrite", "fill_empty", "newest_wins", "keep_remote", "ask"];

/** What happens to cells of a row that is in the table already, for all columns and for single ones. */
export function PolicyFields({ policies, columns, unreadable, onChange }: PolicyProps) {
	const id = useId();
	return (
		<section class="form-part">
			<label for={id}>
				<h2>{words.title}</h2>
			</label>
			<p class="muted">{unreadable === null ? words.note : words.unreadable(unreadable)}</p>
			{unreadable === null && (
				<>
					<select
						id={id}
						class="input when-frequency"
						value={policies.policy}
						onChange={(event) => onChange(withPolicy(policies, event.currentTarget.value as ConflictPolicy))}
					>
						<PolicyOptions />
					</select>
					{columns.length > 0 && <ColumnRules policies={policies} columns={columns} onChange={onChange} />}
				</>
			)}
		</section>
	);
}

function ColumnRules({ policies, columns, onChange }: Omit<PolicyProps, "unreadable">) {
	return (
		<details class="column-rules" open={Object.keys(policies.columns).length > 0}>
			<summary>{words.columns}</summary>
			<ul class="card rows">
				{columns.map((column) => (
					<li class="row" key={column.id}>
						<span class="clip">{column.name}</span>
						<select
							class="input"
							aria-label={words.ruleFor(column.name)}
							value={policies.columns[column.id] ?? ""}
							onChange={(event) =>
								onChange(
									withColumnPolicy(policies, column.id, (event.currentTarget.value || null) as ConflictPolicy | null),
								)
							}
						>
							<option value="">{words.asAbove}</option>
							<PolicyOptions />
						</select>
					</li>
				))}
			</ul>
		</details>
	);
}

function PolicyOptions() {
	return (
		<>
			{offered.map((policy) => (
				<option key={policy} value={policy}>
					{words.policy[policy]}
				</option>
			))}
		</>
	);
}
