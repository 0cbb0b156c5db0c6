import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The simulation begins with the run: begun last, as a small file that nobody has timed yet would be, it keeps one
 * processor at work for minutes while the other has nothing left to do.
 */
export class SimulationFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSimulation = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/simulation/');
    return [...sorted.filter(isSimulation), ...sorted.filter((file) => !isSimulation(file))];
  }
}
