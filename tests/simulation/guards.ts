/** What keeps a hall right. A mutant of the simulation takes one away, and must then be caught. */
export interface Guards {
  /** An append is refused when the branch has moved on. */
  readonly versionCheck: boolean;
  /** A command id is carried out once: the constraint, and the look-up of what it did. */
  readonly commandOnce: boolean;
  /** The constraint on the number within branch and business day. */
  readonly numberOnce: boolean;
  /** A screen refuses a patch that does not follow on what it holds. */
  readonly gapCheck: boolean;
  /** Screens are told again and again what they should hold. */
  readonly heartbeats: boolean;
  /** Redis is compared with the state again and again. */
  readonly reconciler: boolean;
  /** A node looks itself for what is due. */
  readonly timers: boolean;
}

export const allGuards: Guards = {
  versionCheck: true,
  commandOnce: true,
  numberOnce: true,
  gapCheck: true,
  heartbeats: true,
  reconciler: true,
  timers: true,
};
