import { useState } from "preact/hooks";
import type { RecipeVersion } from "../../../../backend/contract/recipes.ts";
import { listText } from "../../../i18n/locale.ts";
import type { KnownRecipe } from "../../../settings/recipes.ts";
import { Button } from "../../parts/button.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Row } from "../../parts/row.tsx";
import { fieldName } from "../../words/capture.ts";
import { recipesWords as words } from "../../words/recipes.ts";
import { may, useWorld } from "../context.ts";
import { RemoteView } from "../remote-view.tsx";
import { useDoing } from "../use-doing.ts";
import { useRemote } from "../use-remote.ts";
import { restoreVersion } from "./recipe-deeds.ts";

/** Every version the workspace keeps of a recipe; any of them can be taken into use again. */
export function RecipeVersions({ known }: { known: KnownRecipe }) {
	const world = useWorld();
	const { client, online } = world;
	const [versions, reload] = useRemote(`${known.id} ${known.version} ${online}`, () => client.recipeVersions(known.id));
	const { busy, problem, run } = useDoing();
	const [said, setSaid] = useState("");
	const restore = (version: number) =>
		run(async () => {
			await restoreVersion(client, known.id, version);
			setSaid(words.restored(version));
		});
	return (
		<>
			<p class="section-said" role="status">
				{said}
			</p>
			<Problem>{problem}</Problem>
			<RemoteView remote={versions} what={words.versionsOf} online={online} onReload={reload} lines={1}>
				{(list) => (
					<ul class="card rows">
						{list.map((version) => (
							<VersionRow
								key={version.version}
								version={version}
								isNow={version.version === known.version}
								{...(may(world, "targets:write") ? { onRestore: () => restore(version.version) } : {})}
								busy={busy}
							/>
						))}
					</ul>
				)}
			</RemoteView>
		</>
	);
}

type VersionRowProps = { version: RecipeVersion; isNow: boolean; busy: boolean; onRestore?: () => void };

function VersionRow({ version: { version, recipe, restoredFrom, savedAt }, isNow, busy, onRestore }: VersionRowProps) {
	return (
		<Row
			mark={{ icon: isNow ? "check" : "hollow" }}
			title={words.version(version)}
			notes={[
				<Moment key="at" instant={savedAt} words={words.savedWhen} />,
				restoredFrom === null ? recipe.name : words.restoredFrom(restoredFrom),
				listText(
					recipe.fields.map(({ name }) => fieldName(name)),
					"comma",
				),
			]}
		>
			{isNow ? (
				<span class="muted">{words.now}</span>
			) : (
				onRestore && (
					<Button
						size="small"
						busy={busy ? words.restore : null}
						label={words.restoreVersion(version)}
						onPress={onRestore}
					>
						{words.restore}
					</Button>
				)
			)}
		</Row>
	);
}
