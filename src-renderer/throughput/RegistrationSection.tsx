import { useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';

import type { Brand, Campaign } from '#shared/throughput/registration.ts';

import { useScreen } from '../screen/screen-context.ts';
import { BrandForm } from './BrandForm.tsx';
import { CampaignForm } from './CampaignForm.tsx';
import { MeterView } from './MeterView.tsx';
import { brandWords, campaignWords } from './registration-words.ts';
import { RemoveButton } from './RemoveButton.tsx';

import './throughput.css';

/** Who sends and what, as the registry of 10DLC has it, with how much of each limit is used. */
export function RegistrationSection(): ReactElement | null {
  const book = useStore(useScreen().registration, (known) => known.book);
  const [isOpen, setOpen] = useState(false);
  if (book === null) return null;
  return (
    <section className="part" aria-label="Registration">
      <div className="part-head">
        <h2>Registration</h2>
        <button
          type="button"
          className="ghost"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          Add a brand
        </button>
      </div>
      <p className="quiet-words">
        Local numbers of the United States need a brand and a campaign. By them carriers decide how
        much goes through; figures as of {book.asOf}.
      </p>
      {isOpen ? <BrandForm brand={null} onClose={() => setOpen(false)} /> : null}
      <ul className="plain-list" aria-label="Brands">
        {book.brands.map((brand) => (
          <BrandRow key={brand.id} brand={brand} />
        ))}
      </ul>
    </section>
  );
}

type Open = 'nothing' | 'brand' | 'campaign';

function BrandRow({ brand }: { readonly brand: Brand }): ReactElement {
  const { registration, host } = useScreen();
  const { book, meters } = useStore(registration);
  const [open, setOpen] = useState<Open>('nothing');
  const close = (): void => setOpen('nothing');
  const meter = meters.find(({ of, id }) => of === 'brand' && id === brand.id);
  const campaigns = book?.campaigns.filter(({ brandId }) => brandId === brand.id) ?? [];
  return (
    <li className="registered-brand">
      <div className="row-line">
        <strong>{brand.name}</strong>
        <span className="quiet-words">{brandWords(brand)}</span>
        <Opener words="Change" about={brand.name} onOpen={() => setOpen('brand')} />
        <Opener words="Add a campaign" about={brand.name} onOpen={() => setOpen('campaign')} />
        <RemoveButton about={brand.name} deed={() => host.call('brand.remove', { id: brand.id })} />
      </div>
      {open === 'brand' ? <BrandForm brand={brand} onClose={close} /> : null}
      {open === 'campaign' ? <CampaignForm brand={brand} campaign={null} onClose={close} /> : null}
      {meter === undefined ? (
        <p className="quiet-words">T-Mobile sets no daily limit.</p>
      ) : (
        <MeterView meter={meter} />
      )}
      <ul className="plain-list campaigns" aria-label={`Campaigns of ${brand.name}`}>
        {campaigns.map((campaign) => (
          <CampaignRow key={campaign.id} brand={brand} campaign={campaign} />
        ))}
      </ul>
    </li>
  );
}

type CampaignProps = { readonly brand: Brand; readonly campaign: Campaign };

function CampaignRow({ brand, campaign }: CampaignProps): ReactElement {
  const { registration, host } = useScreen();
  const meters = useStore(registration, (known) => known.meters);
  const [isOpen, setOpen] = useState(false);
  const meter = meters.find(({ of, id }) => of === 'campaign' && id === campaign.id);
  return (
    <li>
      <div className="row-line">
        <span>{campaign.id}</span>
        <span className="quiet-words">{campaignWords(campaign)}</span>
        <Opener words="Change" about={campaign.id} onOpen={() => setOpen(true)} />
        <RemoveButton
          about={campaign.id}
          deed={() => host.call('campaign.remove', { id: campaign.id })}
        />
      </div>
      {isOpen ? (
        <CampaignForm brand={brand} campaign={campaign} onClose={() => setOpen(false)} />
      ) : null}
      {meter === undefined ? null : <MeterView meter={meter} />}
    </li>
  );
}

type OpenerProps = { readonly words: string; readonly about: string; readonly onOpen: () => void };

function Opener({ words, about, onOpen }: OpenerProps): ReactElement {
  return (
    <button type="button" className="ghost" aria-label={`${words}: ${about}`} onClick={onOpen}>
      {words}
    </button>
  );
}
