/**
 * English signs of the same wish by the grounds people give: the wrong person, the law, no consent, annoyance. In the form of
 * wish-signs-english.ts.
 */
export const groundsSigns = `
leave/let 1 me/us/family/him/her 1 alone/be !until/clear/while
leave my family/phone/wife/mom/kids alone
leave/let me be $
not/no/nobody/isnt/wrong 2 person 3 looking/trying/think
looking/trying 2 for/reach 2 wrong
texting/messaging/contacting/reached/text/messaged/texted/have/got 2 wrong 1 person/number/family
number/phone 2 reassigned/recycled
got/have 1 this number/phone 1 !for
just got/have 1 this number/phone
new owner
used to be 1 my 1 brothers/sisters/moms/dads/wifes/husbands/old/someone/somebody 2 number
no/nobody/noone 2 name/named 3 here/number/phone/house
nobody 2 by/named
noone 1 by/named/called
no one 1 by/named/called
there 2 no !one/parking/body/room/power/water/signal/need . here
^ no !one . here $
theres no !one/parking/body/room/power/water/signal . here
^ 1 dont know 1 a/any/this/no . $
dont know you !yet
no idea who you/this
amnot/isnt/not . 1 anymore/number/phone $
this/is not . number/phone 1 anymore/$
isnt . number/phone
isnt/not 1 my number
this/thats isnt/not !right/fair/good/true/working/done/mine/it/enough/ready/urgent/over/cool/ok/possible/what . $
nolonger/doesnt/hasnt/isnt 1 has/have/use/uses/had/own/at 1 this number/phone/cell
doesnt/nolonger 1 have/own/use 1 this 1 number/phone
not/nolonger/isnt 1 . phone/number 1 anymore
hasnt/hasn 1 had 1 this number
texting/contacting/calling/messaging 2 is/has/was 1 deceased/dead/died/passed/gone
he/she 1 is/has/was 1 deceased/dead $
this is 1 my/a 1 work/business/childs/kids/private/company/emergency/government/sons/daughters phone/line/number/cell
this 3 childs/kids/sons/daughters phone
line/number/phone is for 4 only
kid/son/daughter/child has 1 this phone
per/every/each text
wasting my minutes/data
cost/costs/costing/charge/charged/charges 1 me 4 text/texts/message
people woke/waking/wake me/us
halt waking
you woke me up
sue/suing 1 people/$
i will/ill sue
report 1 people/as/and !accident/leak/wants
^ 3 reported/reporting 1 $
^ 1 im/getting blocked/blocking $
getting blocked
report 1 your/ur/this number
report 2 spam/junk
more/another/next text/message 3 report/reporting/fcc/lawyer/sue/police
one more text
law 1 will 1 hear/be 2 from/about/contacting
lawyer/attorney will contact you
hear from 1 my law
call/calling/contact/contacting 1 the/my attorney/fcc/police/authorities 1 general/$
law 1 not/instead 1 me
only 1 contact/talk/call/write 2 law
filing/file 1 a complaint 2 if/with/against
violating/violation/illegal/unlawful 4 law/text/texting/texts/contact/contacting/message/you
^ this is illegal/unlawful/harassment/spam/junk $
these are illegal/spam/annoying
^ 1 spam/spammer/scammer/junk/spammers/blocked/reported $
spam/scam/scammer 2 leave/stop/remove/block/delete
no/dnc/do call registry/list
on 2 dnc
dont/not/nolonger 1 consent/agree/authorize/permit !to/that/the/with/any
dont/not/nolonger 1 consent/authorize 1 to 3 texts/contact/contacted/contacting/messages/this
dont/not give/have 2 consent/permission/authorization
nolonger have my consent
consent/permission/authorization revoked/withdrawn/denied
revoke/revoking/withdraw/withdrawing/rescind/revoked 2 consent/permission/authorization
halt 1 all contact
notice to/of halt
fdcpa/tcpa/gdpr
writing only
in writing only
mail/letter/letters/email/writing/phone 1 only !the
email/mail/call/phone/post/letter 4 not/no/dont/stop text/texts/texting
dont/not 1 by/via/through text
not/dont 2 be 1 contacted/texted/messaged/called/bothered/disturbed
didnt/never/not 1 ask/asked/agree/agreed/opt/opted/sign/signed/subscribe/subscribed/enroll/enrolled/request/requested 1 in/to/for/up 1 be/this/these/get/texts/$ !price/extra/one
didnt/never/not 1 optin/opt/opted/subscribe/subscribed
dont 1 remember/recall 2 signing/subscribing/agreeing/opting
didnt/never/not 1 give/gave 2 people 2 my/this 1 number
who/how/where 4 get/got/gave/give/have 3 my/this number 3 delete/take/remove/lose/stop
who gave 2 my/this number
amnot 1 your/a 2 customer/client/patient/member/voter 1 anymore/$/stop/take/remove
nolonger 1 a/your 2 customer/client/patient/member
shut 1 up $
^ 3 get/eff/go/screw/bug/beat/piss/buzz lost/off/away/it/bent/scram $
^ 1 scram
get a life
go to hell
kick rocks
not interested 2 halt/strike/dont/take/lose/off/anymore/remove/quit/contact
not interested/selling/voting/moving/buying 3 halt/dont/not 2 contact/asking/text/texting/again $
no interest 1 strike
not interested 1 in 2 your/these/any 1 texts
brother/bro/girl/lol/omg/dude/sir/nah/naw halt 1 $
lol/omg/bro/girl/nah/naw 1 halt $
pay/paying 1 per 1 text
number 2 isnt/not/never 2 contacted/texted
take 1 my name off $
lose this $
dont/not text/message 1 me/this/us 2 $
dont/not text 1 this/it 2 phone/number/line
prefer/rather 2 no/not/without 2 texts/contacted/texted
appreciate/great/like/love/if/nice/wish 4 stopped !by/at 2 contacting/texts/sending/$
begging/asking/telling/need/want 1 people to 1 halt 1 $
please/pls/plz/so/just/time/already/really halt $
^ 2 stp/stahp/stawp/sotp $
^ 2 strike my $
^ amnot !sure/ready/home/there/here/going/able/happy/available/free/done/in/convinced/certain/coming/worried/kidding/late/mad/upset/driving/interested/yet/working/well/feeling/hungry/picky . $
amnot 1 person
dont know who you
texts cost/costs
only email/mail/write me
^ not ever again $
dont reply/respond to me/this/us
fed up 1 with
had enough $
over/above it/these texts
forget/toss/ditch/trash/burn/shred 3 number
forget 2 have my number
bother/text/harass/annoy/spam/bug someone/somebody else
someone/somebody else to bother/text/harass/annoy
confused/mixed/mistaken 2 with someone/somebody/another
mistaken me
moved out
doesnt live 1 here/there/at
nolonger 1 lives/works/live/employed 1 here/at/with
rather/prefer 2 people 1 not/didnt/dont
wish 1 people 1 would/wouldnt/will 1 stop/not/quit/text/contact/send/leave
can/could/would/will people 1 please 1 not 1 contact/send/contacting
can/could/would/will people 1 not contact/send
dont/never want 1 contact/contacts $
unwanted/unsolicited 1 texts/contact/messages
texts 2 unwanted/unsolicited/unwelcome
texts 1 not/isnt/arent 1 welcome/wanted/for
arent/not welcome
meant/intended for someone/somebody/another
dont/not 4 right number/person !to
unsubscribing/unsubscibe/unscribe/unsubscrbe/unsubcribe
opt me/us/this/my/him/her 2 out
want/wish/like/prefer/rather/choose 2 not 1 to 1 be/receive/get/have/hear !a
want/prefer/rather 1 to 1 not 1 be/receive/get 2 contacted/texts/these/texted
keep me 1 out/off
respect my privacy
invading/invasion 1 of 1 my/privacy
spare me
save your breath
wasting 1 your 1 time
waste your time
final/last warning
done with 1 people
withdraw/exit 2 from/this 2 list/texts/group
not 1 be on 2 list
want 1 nothing 1 to do with
nothing to do with 1 people
^ nope/no/nah 2 unsubscribe/remove/delete
not worth your time
any/all 1 future/further contact/texts/messages
nunca 2 llamen/escriban/manden
`;
