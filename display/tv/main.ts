import '../lib/older-browsers.ts';
import { mount } from 'svelte';
import '@fontsource-variable/noto-sans/wght.css';
import '@antrean/shared/tokens.css';
import './call.css';
import Tv from './Tv.svelte';

const target = document.getElementById('screen');
if (!target) throw new Error('the page has no place for the screen');
mount(Tv, { target });
