/**
 * English signs of the wish to hear no more, within one sentence. Each is a row of words or concepts (wish-concepts.ts), with `/`
 * between alternatives; a number lets up to so many words come in between; `^` and `$` are the ends of the sentence; `!` says
 * what must not come next.
 */
export const englishSigns = `
halt 2 contacting !my
halt 1 contacting 1 my mine
halt 1 sending 1 these/me/texts
halt 4 texts !me
halt 1 all/any/everything !day/work/night/service/charges/payments
texts/these/contacting 2 to/please/should/must/better/need halt $
make/want/get 1 these/this/texts/it 1 halt $
if/that you halt contacting/sending
halt bothering/using 2 number
halt 2 calling/asking/trying $
halt calling/asking and/or
halt it/this/that please/now/already/$
just/must/to/will/already/please/gonna halt already/now
you/yall 2 need/must/have/should 1 to 1 halt 3 contacting/texts/me/this/us
halt 2 all/further/any 2 contact
part of stop/no
told 1 stop/quit !by/taking/using/eating/at/the
told 1 people 1 to/2x/already/repeatedly 2 halt $
told 2 people already/no/times/once/twice/before $
told 1 people 2 hundred/times/repeatedly
already 1 told you 1 no/halt
already told/tell/said/asked people/no/halt $
no means no
i said no !to/on/and/but
i 1 said no more
told people/i 3 to 1 quit/stop !taking/using/eating/at/by
how many 3 times 4 told 1 people
optout !of/from/for
already 1 optout/unsubscribed/unsub
unsubscribed/unsubsribe
when/after/since i 1 said/told/texted/asked 2 halt
why/how are/do/come/am 1 people/i 1 still/keep/getting 2 contacting/texts/these !from
still 1 getting/receiving/sending/contacting 1 these/texts/me
keep contacting me/us/this
dont/stop/not 1 you 1 dare
dont/not contact me/us/this/here/again/anymore/him/back !when
dont/not call or/and contact
dont/not 1 contact 2 again/anymore/ever
dont/not 1 ever 1 contact/call
dont 1 contact $
dont/not 1 reach/hit/blow 3 out/up
dont/nolonger 1 use 1 my number/cell
dont/nolonger 1 use 1 this number/phone 1 again/anymore/for
dont/not send 1 me !the/a/an/my/to/another/someone
dont/not send 1 these/texts/again $
dont/not send 3 texts/anymore/again/else $
dont/not send 1 to 1 number
dont/never 2 bother/disturb 1 me/us
dont/not 1 want/accept/like/read/take/appreciate/do/allow/authorize 3 texts !from
dont/not 1 want 1 these/this/it anymore/either/please/thanks/$
dont/not 1 want/accept 1 any/these/this/more 2 of 1 this/these/it/that $
dont/not 1 want/care 1 to 1 hear/be/get/receive 2 you/from/contacted/texted/messaged/bothered/called/these/texts
dont wanna/want 1 hear 1 from
dont want 2 your 2 texts/crap/stuff
dont/not want 1 any/further/more 1 further/more 1 contact/texts
dont/not 1 need 1 your 2 texts
dont/not 1 need 1 these/this !one/until/yet
nolonger 1 want/wish/need/interested 3 texts/these/receive/receiving/getting/hear
nolonger 1 interested
dont/no/not 1 need/have 1 to 1 contact/text/message/call 2 anymore/again
not/no/any/appreciate 1 getting/receiving 2 more/these/texts
appreciate/great/love/like 4 not 2 contacting/get/getting/texts/these
i 1 dont/cannot text $
nobody/noone 4 want/wants 3 texts
no 1 texts/texting/messaging $
no 1 texts/texting 1 please/here/pls/thanks/now
no more/further/additional 2 texts/contact/texting/messaging/contacting !from/came/come
^ no/zero 1 texts $
no 1 contact please $
^ no more $
no more 1 of 1 this/these/it $
please/pls no 1 contact/texts/more $
^ never again $
^ 1 please/pls dont/dnt $
^ please dont $
me/preference/preferences/prefer/status 2 to no 1 texts/contact
no texts please
people can/may/should 1 halt contacting/sending/texting
people 1 text/message/send 1 too
too many 1 texts/of $
way too many texts
too many of these
sick of/with 2 these/texts/people/this $
sick of/with 1 being/getting 1 contacted/texted/messaged/these/texts/bothered/called
sick of/with 3 texts
sick 1 of 1 people
had enough/it 1 of/with 1 people/your/these
enough of/with 2 texts/people/these/this
driving/drive me 1 nuts/crazy/insane/mad
text/texts/these/this/ur/youre/people 2 annoying
people 2 harassing/bothering/pestering/annoying/bugging/spamming/hounding me/us
give it a rest !day
knock it off
cut it out $
^ 1 quit it/this
rid 1 my mine 1 off/from/out !speaker/hold/title/lease/account/bill/policy/the !title/lease/deed/account/policy/bill
rid 1 mine 1 off/from/out 2 your/ur/database/records/list
strike/take 1 my mine $
rid 1 my name off $
rid off 1 my mine
rid 3 off/from/out 1 your/ur 3 list/database/records
rid me/us/number/this 2 off/from/out 2 list !of/on/for
rid 1 off/from/out 1 list $
^ off 1 list
^ 1 strike 1 please/pls/this/these $
^ please/pls strike $
strike me/us 1 $
strike 1 my/this/all 1 mine/cell/number 1 $
strike 1 my/this/all 1 my 1 mine/info/information $
strike 1 me/us 1 from/off/now/asap !at/in/here/by
strike 2 number 1 off/from/please/now/thanks
strike this $
rid 1 out this/of 1 this/list $
get/take/let/tkae me 1 off/out 1 of 1 this/here $
get/take off/out 1 of 1 my/this 1 phone/line/inbox
get off 1 my phone/line
rid me/us off/out $
take me off !hold/speaker/the/of
^ 3 take 1 me/us off 1 please/thanks/now/thx $
nah/naw/pass/no/good take me off
i want/wanna/would 1 off !the/work/monday/at
i want/wanna out/off 2 this/these/list/texts
want/like 1 my mine/name/number 1 off/removed/deleted/out 3 list/please/database/mailing
how 2 i/to 2 get/be 1 removed/off/unsubscribed/deleted 2 this/list/these
how 2 i/to 2 get/be 1 removed/unsubscribed/deleted $
how 2 get out/off of this $
how 1 to/i stop/unsubscribe/optout $
how 3 stop/end/mute 1 getting/receiving/these 1 these/texts/them/$
how 3 stop these $
how 4 turn/shut these 1 off
way to stop/end/mute 2 these/texts !interest/water
what 6 to stop/end 1 these/texts !payments
turn/shut/switch 1 these/them 1 off
off_switch 2 your/my/all/the/these 1 text/texts/texting/reminders/messages/alerts/notifications !plan/until
off_switch 1 texts $
mute me
end/cancel/stop 2 subscription 2 texts/these/this
^ halt 1 my subscription $
`;
