import { englishSigns } from './wish-signs-english.ts';
import { groundsSigns } from './wish-signs-grounds.ts';

/** In the form of wish-signs-english.ts. */
const spanish = `
no 2 mande/manden/mandes/mandar/envie/envien/envies/enviar/escriba/escriban/escribir/moleste/molesten/molestar/molestes/contacten/contactar/llamen/texteen 1 mas/nada/me/textos/mensajes/$
^ no molestar/molesten
^ no me/nos 1 interesa 2 $
ya no 1 me/nos/mas/quiero/deseo 1 mande/manden/envien/escriban/llamen/mensajes/recibir/nada/texteen
ya no 1 envien/envie/manden/mande/escriban/llamen
no envie/envien/mande/manden 1 mas
favor 2 no 2 enviar/mandar/escribir/llamar/envien/manden
no quiero/deseo/autorizo/acepto/necesito 2 mensajes/recibir/textos/nada/contacto !comprar
dejenme/dejeme/dejame 1 en/de/tranquilo/tranquila
dejen/deje/deja/paren/pare de . 
^ 1 ya/basta 1 ya/basta/parenle/pare/paren/con $
basta 2 mensajes/textos
^ ya parenle
^ ya 1 pare/paren/parenle 1 $
^ pare/paren/parenle/basta 1 ya $
^ basta $
quite/quiten/elimine/eliminen/borre/borren/saque/saquen/quiteme/borrenme/saqueme/eliminenme 2 numero/lista/nombre
no soy . 1 persona/$ !dueno
no soy esa
equivocaron/equivoco/equivocado 1 de 1 numero/persona
^ esta equivocado $
darme/denme/deme/darse de baja
cancelar/cancelo/detener/parar 2 mensajes/textos
^ no mas por/favor/gracias/$
no mas 2 mensajes/textos/llamadas
`;

const french = `
ne 2 plus/pas/jamais 1 me/mecrire/mecrivez/menvoyez/contacter/contactez/envoyer/ecrire/texter/menvoyer
ne 1 mecrivez/menvoyez/contactez/ecrivez/textez/derangez
ne veux/souhaite/desire plus/pas 1 de/recevoir/vos/entendre 3 messages/textos/textes/nouvelles/recevoir
plus de 1 messages/textos/sms/texto
^ 1 arretez/arrete/cessez 1 svp/ca/tout/maintenant/merci/$
interesse arretez
cessez 1 tout/de
enlevez/retirez/supprimez/effacez/otez/rayez 2 numero/liste/nom/moi
desabonner/desabonnez/desinscrire/desabonnement
laissez/laisse/fichez/foutez moi 1 tranquille/la/paix
trompez de numero/personne
mauvais/faux numero
stop 1 aux/les/de textos/messages/sms
`;

const more = `
dont/never/didnt 1 stop/quit/end 1 contacting/sending/these/texts/the/reminders !to
dont 1 remove/delete/take/cancel/unsubscribe 1 me/us/my/texts
did you/u stop
did yall stop
stopped getting
^/please/pls/just/to/do keep 2 contacting/sending/these/texts/me !out/off/getting
but/and keep 2 texts
turn 2 back on
`;

const rowsOf = (table: string): string[][] =>
  table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/u));

/** Signs of the wish to hear no more: each sign by its parts. */
export const wishSigns: readonly (readonly string[])[] = rowsOf(
  englishSigns + groundsSigns + spanish + french,
);

/** Signs that somebody wants texts to go on. */
export const wishesForMore: readonly (readonly string[])[] = rowsOf(more);
