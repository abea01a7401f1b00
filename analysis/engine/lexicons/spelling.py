"""Which words does the proofreader's dictionary lack, and which slips stay slips when repeated?"""

from analysis.engine.wordlists import words

# Words of today's prose about work, the web and cities.
KNOWN = words("""
    addon addons afterwards analyses backport backported backporting backports benefitted
    benefitting bikeshare biosecurity blockchain blogposts bluesky bono bootcamp bootcamps
    breakage breakages capitalizations captcha changelog changelogs chatbot chatbots checkbox
    checkboxes clickbait codebase codegen comms config configs containerised containerized
    coworking cron crowdfunding cryptocurrency datasets deepfake deprecation deprecations deps
    devops doomscrolling dropdown dropdowns duplicative ebook ebooks edtech emeriti emoji emojis
    env etc expressivity fediverse fintech frontmatter fullscreen geolocation gif gifs hackathon
    hackathons hashtag hashtags homeschooling hotfix hyperlocal img inclusivity influencer
    influencers infosec interagency judgement judgements kanban keyframes learnings linter
    linters livestream livestreams localhost longform longshot markdown meme memes metaverse
    microbrewery microservice microservices microsite microsites middleware mindset misgender
    monorepo mortem mortems multicloud neurodivergent nightlies nonbinary offboarding onboarding
    pageview pageviews paywall paywalls pdf pdfs phishing pickleball playlist playlists plugin
    plugins podcast podcasting podcasts proficiencies ransomware readme remaster repo repos
    requestor requestors roadmap roadmaps ruleset rulesets screencast screencasts screener
    screenshot screenshots selfie selfies semver serverless signup signups smartwatch src
    startup startups stderr stdout storyboarding streetscape submitter submitters supercomputing
    sysadmin telehealth telework timeframe timeframes timestamp timestamps todo tooltip tooltips
    touchpoint touchpoints touchscreen triaging twitch unfollow unmanaged untagged untick
    upcycle upcycling upsell upskilling urbanist urbanists username usernames validator vlog
    vlogger walkability walkable webinar webinars webpage webpages whitespace wifi wireframe
    wireframes wireframing workflow workflows workspace workspaces www
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
