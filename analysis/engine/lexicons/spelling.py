"""Which words does the proofreader's dictionary lack, and which slips stay slips when repeated?"""

from analysis.engine.wordlists import words

# Words of today's prose about work, the web and cities that are not made of known words.
KNOWN = words("""
    addon addons afterwards analyses benefitted benefitting bluesky bono capitalizations captcha
    codegen comms containerised coworking cron deprecations deps devops duplicative ebook ebooks
    edtech emeriti env etc expressivity fediverse gif gifs hotfix img judgement judgements kanban
    learnings markdown mortem mortems offboarding pdf pdfs proficiencies requestor requestors
    ruleset screener semver signup signups src stderr stdout streetscape submitters telework todo
    triaging untick upsell urbanist urbanists webpage webpages wifi www
""")
# Terms come back again and again, and so do these.
COMMON_SLIPS = words("""
    absense accomodate accomodation acheive acheived accross adress adresses agressive alot
    apparantly arguement athiest basicly becuase begining beleive beleived belive buisness calender
    catagory cemetary collegue comming commitee completly concious concensus definately definatly
    definitly dependant dilemna dissapear dissapoint dissapointed ecstacy embarass embarassing
    enviroment existance experiance familar finaly foriegn fourty foward freind fullfil garantee
    goverment grammer gaurd harrass heighth hygeine immediatly independant intresting irresistable
    jewelery knowlege liason libary lightening maintainance maintenence millenium mispell
    misspel neccessary necesary neighbourhod noticable occassion occured occuring occurence
    ocassion paralel perseverence persistant personel posession prefered privelege priviledge
    probaly publically realy reccomend recieve recieved recieves recomend refered religous
    repitition responsability rythm seperate seperated seperately sieze succesful successfull
    suprise suprised suprising temperture tendancy therefor tommorow tommorrow tounge truely
    unfortunatly untill vaccum wich wierd writting
""") - words("dependant lightening grammer therefor calender")
# Before or behind a word that the dictionary has, these make another word; few slips do.
PREFIXES = words("""
    anti auto bio counter cross cyber eco geo hyper inter macro mega meta micro mini mis mono multi
    nano neo neuro non outer over photo post pre pseudo re self semi socio sub super tele trans
    ultra un under up video
""")
SUFFIXES = words("able less like ness wise")
