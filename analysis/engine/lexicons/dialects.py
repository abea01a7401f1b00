"""Which English words do Britain and America spell differently?"""

import re

from analysis.engine.wordlists import words

# British = American, in stems; the endings below are added to each.
_STEMS = """
colour=color favour=favor flavour=flavor harbour=harbor honour=honor humour=humor labour=labor
neighbour=neighbor rumour=rumor vapour=vapor behaviour=behavior endeavour=endeavor odour=odor
parlour=parlor saviour=savior armour=armor vigour=vigor savour=savor tumour=tumor clamour=clamor
fervour=fervor valour=valor candour=candor splendour=splendor rigour=rigor
centre=center metre=meter litre=liter theatre=theater fibre=fiber calibre=caliber sombre=somber
spectre=specter lustre=luster meagre=meager kilometre=kilometer millimetre=millimeter
centimetre=centimeter
analyse=analyze paralyse=paralyze catalyse=catalyze
catalogue=catalog
defence=defense offence=offense licence=license pretence=pretense
grey=gray plough=plow mould=mold moustache=mustache pyjamas=pajamas cosy=cozy
aeroplane=airplane aluminium=aluminum jewellery=jewelry cheque=check tyre=tire kerb=curb
sceptic=skeptic sceptical=skeptical sulphur=sulfur
travelled=traveled travelling=traveling traveller=traveler cancelled=canceled
cancelling=canceling labelled=labeled labelling=labeling modelled=modeled modelling=modeling
signalled=signaled signalling=signaling counsellor=counselor jeweller=jeweler
fuelled=fueled fuelling=fueling levelled=leveled marvellous=marvelous woollen=woolen
enrol=enroll fulfil=fulfill instalment=installment skilful=skillful wilful=willful
programme=program artefact=artifact anaesthetic=anesthetic encyclopaedia=encyclopedia
paediatric=pediatric oestrogen=estrogen manoeuvre=maneuver diarrhoea=diarrhea
ageing=aging acknowledgement=acknowledgment judgement=judgment whilst=while amongst=among
learnt=learned burnt=burned dreamt=dreamed spelt=spelled spoilt=spoiled
organise=organize recognise=recognize realise=realize apologise=apologize criticise=criticize
emphasise=emphasize summarise=summarize prioritise=prioritize optimise=optimize
minimise=minimize maximise=maximize customise=customize categorise=categorize
characterise=characterize specialise=specialize standardise=standardize utilise=utilize
visualise=visualize initialise=initialize normalise=normalize authorise=authorize
memorise=memorize modernise=modernize symbolise=symbolize finalise=finalize
serialise=serialize synchronise=synchronize tokenise=tokenize localise=localize
organisation=organization optimisation=optimization customisation=customization
localisation=localization visualisation=visualization initialisation=initialization
normalisation=normalization authorisation=authorization specialisation=specialization
serialisation=serialization synchronisation=synchronization realisation=realization
civilisation=civilization globalisation=globalization
"""
# They are words of both dialects or have another sense: no sign of either.
_AMBIGUOUS = words("""
    license licenses licensed licensing check checks checked checking tire tires tired tiring
    program programs meter meters curb curbs while among learned burned dreamed spelled spoiled
    mold catalog dialog dialogs practise metering metered fibers
    analyses paralyses catalyses catalogue catalogues catalogued cataloguing cataloguer dialogue
    dialogues spelt burnt dreamt acknowledgement acknowledgements acknowledgment acknowledgments
    judgement judgements judgment judgments
""")
_VERBS = ("e", "es", "ed", "ing", "er", "ers")
_NOUNS = ("", "s", "ed", "ing", "ful", "able", "ite", "ites", "hood", "hoods", "less", "al", "ally")


def _forms(british: str, american: str) -> list[tuple[str, str]]:
    if british.endswith(("se", "ce")) and american.endswith("e"):
        return [(british[:-1] + end, american[:-1] + end) for end in _VERBS]
    if british.endswith("re"):
        return [(british + end, american + end) for end in ("", "s")]
    return [(british + end, american + end) for end in _NOUNS]


PAIRS = [
    form
    for pair in re.findall(r"(\w+)=(\w+)", _STEMS)
    for form in _forms(*pair)
    if form[0] != form[1]
]
TO_AMERICAN = {british: american for british, american in PAIRS if british not in _AMBIGUOUS}
# Many British houses write -ize: beside no -ise it is no sign of America.
OXFORD = frozenset(us for gb, us in PAIRS if re.sub(r"is(?=[aei])", "iz", gb) == us)
TO_BRITISH = {american: british for british, american in PAIRS if american not in _AMBIGUOUS}
