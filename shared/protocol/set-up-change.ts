import { type Static, Type } from 'typebox';
import { idPattern } from '../domain/ids.ts';
import { type Blueprint, blueprintLists } from './blueprint.ts';

const closed = { additionalProperties: false };
const Revision = Type.Integer({
  minimum: 0,
  description: 'counts the changes of the set-up; 0: there is no such hall yet',
});
const WholeBlueprint = Type.Unsafe<Blueprint>(Type.Unknown({ description: 'a blueprint (docs/blueprint.md)' }));

/** A hall's set-up as a blueprint. */
export const BlueprintView = Type.Object({ revision: Revision, blueprint: WholeBlueprint }, closed);
export type BlueprintView = Static<typeof BlueprintView>;

/** What is looked at before anything is changed: a blueprint, or the text of its file. */
export const PreviewBody = Type.Object(
  {
    blueprint: Type.Optional(Type.Unknown({ description: 'a blueprint, or a draft of any shape' })),
    text: Type.Optional(Type.String({ description: 'a blueprint’s file, YAML 1.2 or JSON' })),
  },
  { ...closed, minProperties: 1, maxProperties: 1 },
);

export const BlueprintFaultView = Type.Object(
  {
    path: Type.Array(Type.Union([Type.String(), Type.Integer()]), { description: 'from the outside in' }),
    line: Type.Union([Type.Integer(), Type.Null()], { description: 'of the text; null: there is no text' }),
    message: Type.String({ description: 'what is wrong, and what to do about it' }),
  },
  closed,
);

/** One thing of the set-up that is another afterwards. */
export const SetupChange = Type.Object(
  {
    kind: Type.Enum(['added', 'changed', 'moved', 'retired']),
    part: Type.Enum(['hall', 'rules', 'hours', ...blueprintLists]),
    id: Type.String({ description: 'of the thing; of the hall itself where the part is one' }),
    before: Type.Unknown({ description: 'as it was; null: it was not there' }),
    after: Type.Unknown({ description: 'as it will be; null: it will not be there' }),
  },
  closed,
);
export type SetupChange = Static<typeof SetupChange>;

export const PreviewView = Type.Object(
  {
    revision: { ...Revision, description: 'what the changes are held against: to be sent as `baseRevision`' },
    faults: Type.Array(BlueprintFaultView, { description: 'none: it can be applied' }),
    changes: Type.Array(SetupChange),
    stranded: Type.Array(Type.String(), { description: 'whom it would leave stranded now, a sentence each (SETUP-2)' }),
    blueprint: Type.Union([WholeBlueprint, Type.Null()], { description: 'what was looked at; null: it has faults' }),
  },
  closed,
);
export type PreviewView = Static<typeof PreviewView>;

export const ApplyBody = Type.Object(
  {
    blueprint: Type.Unknown({ description: 'a blueprint without faults' }),
    baseRevision: {
      ...Revision,
      description: 'the revision it was made from: refused when there is another meanwhile',
    },
  },
  closed,
);

/** A whole new hall. */
export const AddHallBody = Type.Object(
  { blueprint: Type.Unknown({ description: 'a blueprint without faults' }) },
  closed,
);

const Count = Type.Object(
  { added: Type.Integer(), changed: Type.Integer(), moved: Type.Integer(), retired: Type.Integer() },
  closed,
);

export const AppliedView = Type.Object(
  {
    changed: Type.Boolean({ description: 'false: the set-up was that already' }),
    revision: Revision,
    branch: Count,
    agencies: Count,
    services: Count,
    priorities: Count,
    counters: Count,
  },
  closed,
);
export type AppliedView = Static<typeof AppliedView>;

/** Set-ups that were replaced, the latest first. */
export const RevisionList = Type.Array(
  Type.Object(
    {
      revision: Revision,
      replacedAt: Type.Integer({ description: 'epoch ms' }),
      replacedBy: Type.Union([Type.String(), Type.Null()], {
        description: 'the account that replaced it; null: a command on the server',
      }),
    },
    closed,
  ),
);
export type RevisionList = Static<typeof RevisionList>;

export const RevisionParams = Type.Object(
  { branchId: Type.String({ pattern: idPattern }), revision: Type.String({ pattern: '^[0-9]{1,9}$' }) },
  closed,
);
