import { useEffect, useState } from "preact/hooks";
import type { FormValue } from "../../record/input-kinds.ts";
import { withRow } from "../../record/record-form.ts";
import { useWorld } from "../context.ts";
import { useRemote } from "../use-remote.ts";
import { type HeldRecord, heldRecord } from "./held-record.ts";

/** What waits for review in this workspace, whoever captured it, with what is typed into it and not sent yet. */
export function useHeld() {
	const { settings, online, client } = useWorld();
	const { account, targets } = settings;
	const key = account && [account.userId, account.workspaceId, online].join(" ");
	const [remote, reload] = useRemote(key, () => client.recordsInReview());
	const [held, setHeld] = useState<readonly HeldRecord[]>([]);
	const page = remote.state === "ready" ? remote.value : null;
	// What is half-typed stays; what has come since is added.
	useEffect(() => {
		if (!page) return;
		setHeld((before) => page.map((view) => before.find((one) => one.view.id === view.id) ?? heldRecord(view, targets)));
	}, [page]);
	const change = (id: string, part: (one: HeldRecord) => Partial<HeldRecord>) =>
		setHeld((all) => all.map((one) => (one.view.id === id ? { ...one, ...part(one) } : one)));
	return {
		remote,
		reload,
		held,
		change,
		type: (id: string, name: string, value: FormValue) =>
			change(id, ({ form, problems: { [name]: _mended, ...problems } }) => ({
				form: withRow(form, name, value),
				problems,
			})),
		/** Approved or discarded. What did not fit the page before takes their place. */
		leave: async (ids: readonly string[]) => {
			const left = held.filter(({ view }) => !ids.includes(view.id));
			setHeld(left);
			if (left.length === 0) await reload();
		},
		/** Discarded and wanted after all; it is written anew when it is approved. */
		bringBack: (one: HeldRecord, version: number) =>
			setHeld((all) => [{ ...one, view: { ...one.view, version }, restored: true }, ...all]),
	};
}
