import { fireEvent, render, screen as page } from '@testing-library/react';
import { StrictMode } from 'react';
import type { ReactElement } from 'react';
import { describe, expect, it } from 'vitest';

import { OnDemand } from '#renderer/screen/OnDemand.tsx';
import { settled } from '#test/fakes/render-screen.tsx';

const Hello = ({ name }: { readonly name: string }): ReactElement => <p>Hello {name}</p>;

describe('a part that comes on demand', () => {
  it('says that it is coming, and then is there with what it was given', async () => {
    const load = async () => Hello;
    const { rerender } = render(
      <StrictMode>
        <OnDemand load={load} props={{ name: 'Dana' }} />
      </StrictMode>,
    );
    expect(page.getByText('Loading…')).toBeDefined();
    await settled();
    expect(page.getByText('Hello Dana')).toBeDefined();
    rerender(<OnDemand load={load} props={{ name: 'Sam' }} />);
    await settled();
    expect(page.getByText('Hello Sam')).toBeDefined();
  });

  it('says so where it does not come, and can be asked for again', async () => {
    let tries = 0;
    const load = async () => {
      tries += 1;
      if (tries === 1) throw new TypeError('Failed to fetch dynamically imported module');
      return Hello;
    };
    render(<OnDemand load={load} props={{ name: 'Dana' }} />);
    await settled();
    expect(page.getByRole('heading', { name: 'This page could not be loaded' })).toBeDefined();
    fireEvent.click(page.getByRole('button', { name: 'Try again' }));
    await settled();
    expect(page.getByText('Hello Dana')).toBeDefined();
  });
});
