"""Which words and phrases show how a sentence follows from the one before?"""

from analysis.engine.phrases import Phrase, phrases

_ENGLISH = """
above all, accordingly, actually, additionally, admittedly, after all, after that, afterwards
again, albeit, all in all, also, alternatively, although, altogether, amongst others, another
as a consequence, as a matter of fact, as a result, as an example, as an illustration
as can be seen, as has been noted, as i have said, as i said, as i have noted, as long as
as much as, as noted, as opposed to, as seen above, as shown above, as soon as, as well, as well as
at any rate, at first, at last, at least, at length, at that time, at the moment, at the same time
balanced against, because, because of, before, before long, being that, besides, but
by all means, by and large, by comparison, by contrast, by the same token, by the time, by the way
certainly, chiefly, clearly, comparatively, compared to, compared with, consequently, contrarily
conversely, correspondingly, coupled with, currently, despite, doubtless, due to, during
earlier, e.g., either way, equally, equally important, especially, even if, even so, even though
eventually, evidently, explicitly, finally, first, first of all, firstly, following
for example, for fear that, for instance, for now, for one thing, for that reason
for the moment, for the most part, for the purpose of, for the same reason, for this purpose
for this reason, formerly, forthwith, fortunately, from then on, further, furthermore
generally, given that, given these points, granted, hence, henceforth, however, i.e., identically
if, if so, importantly, in a similar fashion, in a similar way, in addition, in any case
in any event, in brief, in case, in comparison, in conclusion, in contrast, in detail, in due time
in effect, in either case, in essence, in fact, in favour of, in general, in light of
in like manner, in most cases, in order that, in order to, in other words, in particular
in practice, in reality, in short, in similar fashion, in spite of, in sum, in summary
in that case, in the beginning, in the end, in the event that, in the first place, in the future
in the hope that, in the light of, in the long run, in the meantime, in the same fashion
in the same way, in the second place, in theory, in this case, in time, in truth, in turn
including, indeed, initially, instead, instead of, ironically, it follows that, just as
last, lastly, later, later on, lest, likewise, luckily, mainly, meanwhile, more importantly
moreover, most importantly, much as, namely, naturally, nevertheless, next, nonetheless
nor, not to mention, notably, notwithstanding, now that, obviously, of course, on account of
on balance, on the contrary, on the grounds that, on the one hand, on the other hand, on the whole
once, one example, ordinarily, otherwise, overall, owing to, particularly, plus, presently
previously, prior to, provided that, providing that, put another way, rather, rather than
rarely, regardless, reportedly, second, secondly, seeing that, shortly, similarly, simultaneously
since, so, so as to, so far, so long as, so that, soon, specifically, still, straightaway
strangely, subsequently, such as, suddenly, summing up, surely, surprisingly, taking into account
than, that is, that is to say, that said, that being said, that way, the first thing to, the former
the latter, then, then again, therefore, thereafter, thereby, thereupon, these days, third, thirdly
this time, though, thus, to be clear, to be sure, to begin with, to clarify, to conclude
to demonstrate, to emphasise, to emphasize, to enumerate, to explain, to illustrate
to put it another way, to put it differently, to say nothing of, to start with, to sum up
to summarise, to summarize, to that end, to the end that, to this end, together with, too
truly, ultimately, undoubtedly, unfortunately, unless, unlike, until, up to now, usually
what is more, whatever, whenever, when, whereas, wherever, whether, while, whilst
with regard to, with respect to, with that in mind, with this in mind, without a doubt, yet
"""
_GERMAN = """
aber, abgesehen davon, allerdings, als, also, andererseits, anders gesagt, anschließend, anstatt
auch, auf der anderen seite, auf diese weise, auf jeden fall, aus diesem grund, außerdem
beispielsweise, besonders, bevor, bis, da, dabei, dadurch, dafür, dagegen, daher, damals, damit
danach, daneben, dann, darauf, darüber hinaus, darum, das heißt, dass, dazu, demnach, dennoch
deshalb, dessen ungeachtet, deswegen, doch, ebenfalls, ebenso, einerseits, endlich
entsprechend, ferner, folglich, gleichzeitig, hingegen, im allgemeinen, im gegensatz dazu
im gegenteil, im grunde, im vergleich, immerhin, in der tat, in diesem fall, in erster linie
in folge dessen, infolgedessen, insbesondere, insgesamt, insofern, inzwischen, jedoch, kurz gesagt
kurzum, letztendlich, letztlich, mit anderen worten, nachdem, nachher, natürlich, nichtsdestotrotz
nichtsdestoweniger, nämlich, ob, obgleich, obwohl, offensichtlich, ohne zweifel, schließlich
seitdem, selbst wenn, sicherlich, so dass, sobald, sodass, sofern, solange, somit, sondern, sonst
sowie, stattdessen, tatsächlich, trotz, trotzdem, um zu, und zwar, ungeachtet, unter anderem, vor
allem, vorher, währenddessen, während, weder, weil, weiterhin, wenn, wie bereits erwähnt, wobei
wohingegen, zudem, zuerst, zuletzt, zum beispiel, zum einen, zum schluss, zunächst
zusammenfassend, zusammengefasst, zusätzlich, zuvor, zwar, zweitens, erstens, drittens, z.b., d.h.
"""
_FRENCH = """
ainsi, alors, alors que, après, après tout, au contraire, au début, au final, au lieu de
au moins, aussi, autrement dit, avant, avant tout, bien que, bref, car, cependant
certes, c'est pourquoi, c'est-à-dire, comme, d'abord, d'ailleurs, d'autre part, d'une part, de fait
de même, de plus, de sorte que, de toute façon, depuis, dès que, du coup, donc, effectivement
également, en bref, en ce sens, en conclusion, en conséquence, en d'autres termes, en effet, en fait
en fin de compte, en général, en outre, en particulier, en premier lieu, en raison de, en réalité
en résumé, en revanche, en somme, encore, enfin, ensuite, entre autres, évidemment, finalement
grâce à, lorsque, mais, malgré, malgré tout, même si, naturellement, néanmoins, notamment
or, outre, par ailleurs, par conséquent, par contre, par exemple, par la suite, parce que
pendant que, plus tard, pour conclure, pour résumer, pour que, pourtant, premièrement
principalement, puis, puisque, quand, quand même, quant à, sauf que, selon, si, sinon, soudain
surtout, tandis que, tout d'abord, tout de même, toutefois, troisièmement, deuxièmement
"""
_SPANISH = """
a causa de, a continuación, a diferencia de, a fin de cuentas, a menos que, a pesar de, además
ahora bien, al contrario, al final, al fin y al cabo, al mismo tiempo, al principio, ante todo
antes, así, así pues, así que, asimismo, aun así, aunque, cabe destacar, como consecuencia
como resultado, con el fin de, con respecto a, con todo, cuando, dado que, de hecho
de igual forma, de la misma manera, de lo contrario, de modo que, de todas formas, debido a
del mismo modo, desde luego, después, durante, en cambio, en cierto modo, en concreto
en conclusión, en consecuencia, en cuanto a, en definitiva, en efecto, en general, en lugar de
en otras palabras, en particular, en primer lugar, en realidad, en resumen, en segundo lugar
en suma, en vez de, entonces, es decir, especialmente, finalmente, gracias a, igualmente
incluso, luego, más tarde, mientras, mientras que, naturalmente, no obstante, o sea, para concluir
para empezar, para que, para resumir, pero, por consiguiente, por cierto, por ejemplo
por el contrario, por ende, por eso, por esta razón, por fin, por lo general, por lo tanto
por otra parte, por otro lado, por supuesto, por tanto, por último, por un lado, porque
posteriormente, primero, pues, puesto que, segundo, si bien, siempre que, sin duda, sin embargo
sobre todo, también, tan pronto como, todavía, tras, ya que
"""
# They connect only where a clause begins or a comma sets them off: «First, mix», but not «the first
# prize»; «That is, it failed», but not «the mill that is old».
EDGES: dict[str, frozenset[tuple[str, ...]]] = {
    "en": frozenset(
        phrase.words
        for phrase in phrases(
            "connector",
            """
            first, second, third, last, next, another, plus, further, following, once, that is
            to clarify, to conclude, to demonstrate, to emphasise, to emphasize, to enumerate
            to explain, to illustrate, to summarise, to summarize, the former, the latter, so
            one example, this time, later, altogether, surely, naturally, presently, shortly
            """,
        )
    )
}
CONNECTORS: dict[str, list[Phrase]] = {
    "en": phrases("connector", _ENGLISH),
    "de": phrases("connector", _GERMAN),
    "fr": phrases("connector", _FRENCH),
    "es": phrases("connector", _SPANISH),
}
# Both halves in one sentence show how its parts belong together.
PAIRS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("both", "and"),
        ("either", "or"),
        ("neither", "nor"),
        ("not", "but"),
        ("hardly", "when"),
        ("scarcely", "when"),
        ("no sooner", "than"),
        ("the more", "the more"),
    ),
    "de": (("sowohl", "als auch"), ("entweder", "oder"), ("weder", "noch"), ("je", "desto")),
    "fr": (("soit", "soit"), ("ni", "ni"), ("non seulement", "mais")),
    "es": (("ni", "ni"), ("no sólo", "sino"), ("no solo", "sino"), ("tanto", "como")),
}
