"""Closed classes of words that tell sentence ends from abbreviations (English, Latvian and Russian): grammar, not vocabulary."""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


OPENERS = _words(
    "the this that these those it its he she they we you i his her their our my there here a an",
    "in on at by for from with without within as after before when while whilst since during although though however but and",
    "or so then thus hence because if unless until once what who why how where which whose no not some many most all both each",
    "every several few other others another one two three more under over among between despite according today yesterday now",
    "also only even such nobody everyone everything nothing none somebody to of through throughout upon toward towards",
    "meanwhile moreover furthermore nevertheless instead later earlier recently finally first next still yet perhaps please",
    # Latvian
    "tas tā tie tās šis šī šie šīs tam tai tiem viņš viņa viņi viņas viņam viņai mēs jūs es mums viņu bet un arī ja kad kur kas kā",
    "kāpēc pēc pirms ar uz par pie pa lai savukārt tomēr turklāt tāpēc tādēļ tādējādi līdz kopš kopumā šogad pērn šodien vakar",
    "rīt daudzi visi neviens katrs cits citi ir bija tika nav nē jā jau vēl tagad tad te tur starp saskaņā pašlaik piemēram",
    "šobrīd toreiz vēlāk vispirms visbeidzot taču vai cik kurš kura",
    # Russian
    "это этот эта эти тот та те он она оно они мы вы я его её их наш наша наши мой моя в во на с со к ко у о об от до из за",
    "по под над при про для без через между перед после и а но или если чтобы когда",
    "где куда кто что как почему сколько какой какая какие который не нет все",
    "каждый каждая никто ничто один одна другие другой однако поэтому затем потом тогда теперь сейчас сегодня вчера также кроме впрочем",
    "наконец сначала позже позднее раньше ещё уже там здесь такой такая такие были был была было есть вместе согласно",
)
"""Words that begin a sentence far more often than they follow an abbreviation or an initial."""

LATVIAN = _words("un ir kas par no ar uz gada gadā arī pēc ka tika bija vai kā lai pie tas")
"""Latvian function words; that some are English words too does no harm where Latvian letters are asked for as well."""

LETTERED = _words(
    "vitamin vitamins hepatitis influenza plan type class grade group appendix part section category point option phase version",
    "team model table annex exhibit zone block unit area level schedule step item case sample strain series league",
    "vitamīns vitamīna vitamīnu hepatīts hepatīta hepatītu grupa grupas klase klases pielikums punkts tips kategorija",
)
"""What is told apart by a single letter, so that the letter may end a sentence."""

REPORTING = _words("said says asked asks replied wrote writes added adds explained shouted cried answered whispered exclaimed noted")
"""Verbs that name the speaker of a quote before them."""

FIRM_SUFFIXES = _words("inc ltd co corp plc llc gmbh")
"""What may follow a company name that ends in ! or ?."""

PLACES = _words("г д с п м")
"""Russian letters that stand for a town, a house, a village before its name, and for other things behind a number."""

WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun")

MONTHS = _words(
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
)
"""Months as they follow the number of a day with a full stop."""

CODE_LIKE = _words("ET PT CT GMT UTC EST EDT CET CEST EET EEST PST PDT CST MSK BST IST JST KST Ls")
"""Time zones and currencies that follow an hour or an amount."""
