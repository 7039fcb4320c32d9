/**
 * What is guessed first, drawn from the list of frequencies of zxcvbn (MIT). A word stands for itself
 * with capitals, with digits and signs around it, and with some for letters: Dragon, dragon1, dr4gon!
 */
const text = `
1029384756 11223344 1122334455 11235813 1123581321 12369874 123698745 14789632 147896325
192837465 31415926 323q 4815162342 a1b2c3d a1s2d3f a2b3c4d aardvark access adgjmptw admin
administrator airborne airforce airplane alejandr aleksandr alexander alexandra american
amsterdam anastasia anderson android angel angelica angelina anthony anything apollo aquarius
aspirine assassin asshole atlantic atlantis azerty babydoll babygirl babylon bangalore barcelona
baseball basketball beatrice beautiful beefcake benjamin bharat bigballs bigboobs bigdaddy
billybob birthday blackcat blackdog blackjac blackman blink blizzard bluebird blueeyes bluemoon
bobafett bollocks bonehead brandon brittany brooklyn brucelee buckeyes budlight bulldogs
bullshit business butterfly butthead cadillac caliente californ campbell candyman cardinal
carolina caroline catalina catherin cavalier cdtnkfyf champion chandler changeme chargers
charlie charlotte chelsea chennai cherokee chevelle chevrole cheyenne children chocolat
christian christine christop cjkysirj clifford clitoris cocacola coding college colombia
colorado coltrane columbia commando computer concrete consumer cooldude
correcthorsebatterystaple corvette cosworth course courtney cowboys creampie creative cricket
cristina crusader danielle darkness darkside darkstar dbrnjhbz deadhead december default
defender deftones delhi developer devildog dhoni diamond diamonds dickhead dietcoke dingdong
director discover dkflbvbh doberman dodgeram dolphins dragon drowssap drpepper einstein
ekaterina electric elephant elizabeth emmanuel engineer enterpri eternity explorer facebook
favorite fernando fireball firebird fktrcfylh fletcher florence football fordf formula franklin
freckles frederic freedom freepass freeuser front fuck_inside fuckface fuckyou fyfcnfcbz ganesh
gangbang gangster garfield gateway geronimo ghbdtnbr giovanni godsmack godzilla goldberg
goldfish goodluck goodtime google grateful greenday guardian guest guinness halflife hamilton
hannibal hanuman hardcore harrison hastings heather hellfire hello helloworld hercules highland
hollywoo hongkong hotstuff hyderabad icecream iloveindia ilovesex iloveyou immortal imperial
india infantry infiniti infinity instagram internet intrepid iphone isabella isabelle j4ye3uz
jackson jaimatadi jaishriram james javascript jennifer jeremiah jessica jesus jonathan jordan
jupiter justdoit juventus kangaroo katerina kathleen kawasaki keyboard killer kimberly kingkong
kingston kittycat kohli kolkata krishna kristina labrador lacrosse lakshmi lasvegas lawrence
learning leonardo lesbians letmein lifehack lightnin liverpool login logitech lollipop lonestar
lonewolf longhorn lorraine loverboy lowrider magnolia mailcreated makaveli manchester marathon
margaret margarita mariners marlboro marshall martinez maryjane matthew maverick mazda megadeth
mercedes meridian mersedes metallica michael michelle michigan microsoft midnight minecraft
mistress mitchell mongoose monkey monopoly montreal morpheus morrison motorola mountain mumbai
munchkin mushroom musicman mustang mustangs napoleon naruto national ncc1701d ncc1701e nicholas
nintendo nokia november nuttertools oblivion overlord pakistan panasonic panthers paradise
passport passwor password patricia patrick patriots pavilion pearljam peekaboo penelope penguins
personal peterpan phoenix pineappl platinum playboy playtime pleasure plymouth pokemon poohbear
porkchop pornstar porsche portland portugal precious predator presario princess programmer
punisher punkrock pussycat python q1w2e3r q1w2e3r4t q1w2e3r4t5y qwaszx ragnarok raiders rainbow
raistlin rammstein redalert redskins redwings remember renegade research rhbcnbyf richard
richmond robinson rockstar rolltide romashka root rootbeer rosemary rush sachin sairam samantha
samsung sandiego santiago sapphire sasha satan savannah scarface scarlett school scoobydo
scooter scorpion scotland sebastian secret security seinfeld seminole semperfi septembe serenity
shamrock shaney sherlock shithead shopping showtime simpsons sithlord skittles skywalke slapshot
slipknot snickers snowball snuggles soccer socrates softball software soso123aljg southern
spanking spanks spartans spectrum spiderman spitfire springer squirrel srinivas stallion
standard starbuck starcraft stardust stargate startrek starwars steelers stephanie sterling
stingray stocking stonecol stranger student summer sundance sunshine super superfly superman
svetlana sweetpea swimming swordfish syracuse tacobell tarheels teacher temp thailand thankyou
thompson thuglife thunder titleist tottenha trfnthbyf trombone trustno twilight ultimate user
usuckballz vacation valentina vanhalen verbatim veronica veronika victoria viktoria virat
virginia vladimir waheguru warcraft warriors waterloo webmaster welcome werewolf westside
wetpussy whatever wildcats william williams windows wolfgang wolfpack wolverine wordpass
wrangler wrinkle yankees youtube zeppelin
`

export const firstGuesses: readonly string[] = text.trim().split(/\s+/)
