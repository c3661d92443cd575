export interface Instruction {
  /** In capitals, such as `COPY`. */
  readonly name: string;
  readonly text: string;
}

/** One `FROM` and what follows it. */
export interface Stage {
  readonly image: string;
  readonly alias: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** Reads the part of the format that ours uses: comments, continued lines, stages. */
export function readStages(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: { image: string; alias: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`not an instruction: ${line}`);
    if (name === 'FROM') {
      const [image = '', , alias] = rest.split(/\s+/);
      stages.push({ image, alias, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push({ name, text: rest });
    }
  }
  return stages;
}

export interface Copy {
  /** The stage it takes from; without one, the project. */
  readonly from: string | undefined;
  readonly sources: readonly string[];
}

export function copiesOf(stage: Stage): Copy[] {
  return stage.instructions
    .filter(({ name }) => name === 'COPY')
    .map(({ text }) => {
      const words = text.split(/\s+/);
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      return { from, sources: words.filter((word) => !word.startsWith('--')).slice(0, -1) };
    });
}

/** The texts of a stage's instructions of one name. */
export function textsOf(stage: Stage | undefined, name: string): string[] {
  return stage?.instructions.filter((each) => each.name === name).map(({ text }) => text) ?? [];
}

/** The words of the exec form; an error for the shell form, which would keep signals from node. */
export function execForm(text: string | undefined): string[] {
  return JSON.parse(text ?? 'none') as string[];
}
