import { lazy } from "../../parts/lazy.tsx";
import type { PickWorld } from "../../pick/pick-pane.tsx";
import type { EditPickedProps } from "./edit-picked.tsx";

/** The grid of rows comes with its own script, when somebody picks. */
export const PickPane = lazy<{ world: PickWorld }>(async () => (await import("../../pick/pick-pane.tsx")).PickPane);
export const EditPicked = lazy<EditPickedProps>(async () => (await import("./edit-picked.tsx")).EditPicked);
