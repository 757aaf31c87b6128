import { useEffect, useRef } from 'react';
import type { ReactElement } from 'react';

import type { Step } from './connecting-store.ts';
import { steps } from './steps.ts';

type Props = { readonly step: Step; readonly title: string };

/** What a step is about. It takes the focus as the step opens, and so is read out with its place among the steps. */
export function StepHead({ step, title }: Props): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const nth = steps.findIndex((each) => each.step === step) + 1;
  return (
    <h2 className="step-title" ref={heading} tabIndex={-1}>
      <span className="unseen">
        Step {nth} of {steps.length}:{' '}
      </span>
      {title}
    </h2>
  );
}
