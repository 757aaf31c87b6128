import type { ReactElement } from 'react';

import { PageHead } from '../connections/PageHead.tsx';
import { AuditSection } from './AuditSection.tsx';
import { SpentSection } from './SpentSection.tsx';

import '../connections/connections.css';
import './costs.css';

/** What texts cost, and whether what carriers billed is right. */
export function CostsPane(): ReactElement {
  return (
    <>
      <PageHead title="Costs" about="What texts cost, and what carriers billed" />
      <div className="page" data-scrolls>
        <SpentSection />
        <AuditSection />
      </div>
    </>
  );
}
