"""The checks of meaning: for each, what is right, and what must be found, by language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from handouts.checks import (
    CHECKS,
    CHECKS_BY_CODE,
    SelectiveCheck,
    Term,
    Terms,
    severity_in,
)
from handouts.languages import language

Judge = Callable[..., Any]
Text = str | list[str]


@dataclass(frozen=True)
class Case:
    """One source, a right and a wrong translation, and what is said of the wrong one."""

    msgid: str | tuple[str, str]
    good: Text
    bad: Text
    locale: str
    message: str = ""
    hint: str = ""


HOURS = ("Do not drive for %(n)s hour", "Do not drive for %(n)s hours")

CASES: dict[str, list[Case]] = {
    "altered-number-word": [
        Case("Take it twice a day.", "Nehmen Sie es zweimal am Tag.",
             "Nehmen Sie es dreimal am Tag.", "de",
             "translation says `3` where the source says `2`",
             "write 2 in the msgstr, as a word or in digits"),
        Case("Use sixteen drops.", "Usi sedici gocce.", "Usi diciassette gocce.", "it"),
        Case("Use seventeen drops.", "Mettez dix-sept gouttes.",
             "Mettez dix-huit gouttes.", "fr"),
        Case("Take two tablets.", "خذ قرصين.", "خذ ثلاثة أقراص.", "ar"),
        Case("Take two tablets.", "服用两片药。", "服用三片药。", "zh_Hans"),
        Case("Take it once a day.", "1日1回飲んでください。",
             "1日2回飲んでください。", "ja"),
        Case("Take half a tablet.", "Tome media tableta.", "Tome dos tabletas.", "es"),
        Case("Wait one hour.", "انتظر ساعة واحدة.", "انتظر ساعتين.", "ar"),
        Case("Wait two hours.", "חכו שעתיים.", "חכו שעה.", "he"),
        Case("Wait two hours.", "Espere dos horas.", "Espere horas.", "es",
             "translation lacks the number `2`"),
        Case("One in ten people sleeps badly.", "واحد من كل عشرة ينامون نوما سيئا.",
             "واحد من كل مئة ينامون نوما سيئا.", "ar"),
        Case("Lower it by one tenth.", "দশ ভাগের এক ভাগ কমান।",
             "অর্ধেক কমান।", "bn"),
        Case("Rest for one and a half hours.", "डेढ़ घंटे आराम करें।",
             "ढाई घंटे आराम करें।", "hi"),
        Case("Rest for two and a half hours.", "Ruhen Sie zwei und eine halbe Stunde.",
             "Ruhen Sie anderthalb Stunden.", "de"),
        Case("Take it three times a day.", "ប្រើវាបីដងក្នុងមួយថ្ងៃ។",
             "ប្រើវាប្រាំបីដងក្នុងមួយថ្ងៃ។", "km"),
        Case(("in %(n)s day", "in %(n)s days"),
             ["בתוך יום אחד", "בתוך %(n)s ימים"],
             ["בתוך יומיים", "בתוך %(n)s ימים"], "he"),
        Case("Take half a tablet.", "Nehmen Sie eine halbe Tablette.",
             "Nehmen Sie anderthalb Tabletten.", "de"),
        Case("Rest for half an hour.", "Відпочивайте пів години.",
             "Відпочивайте півтори години.", "uk"),
        Case("Rest for one and a half hours.", "Nghỉ một tiếng rưỡi.", "Nghỉ nửa tiếng.",
             "vi"),
        Case("Take half a tablet.", "Prenez un demi-comprimé.",
             "Prenez un comprimé et demi.", "fr"),
        Case("Rest for one and a half hours.", "Descanse una hora y media.",
             "Descanse media hora.", "es"),
        Case("Rest for one and a half hours.", "استرح ساعة ونصف.", "استرح نصف ساعة.",
             "ar"),
        Case("Rest for one and a half hours.", "พักหนึ่งชั่วโมงครึ่ง", "พักครึ่งชั่วโมง",
             "th"),
        Case("Rest for one and a half hours.", "休息一个半小时。", "休息半小时。",
             "zh_Hans"),
        Case("Rest for one and a half hours.", "1時間半休んでください。",
             "半時間休んでください。", "ja"),
        Case("Rest for one and a half hours.", "डेढ़ घंटा आराम करें।",
             "आधा घंटा आराम करें।", "hi"),
    ],
    "swapped-numbers": [
        Case("Rest for 2–4 days.", "Ruhen Sie 2–4 Tage.", "Ruhen Sie 4–2 Tage.", "de",
             "translation has `4` before `2`, the source after it",
             "write `2` first in the msgstr; the page turns ranges round by itself where "
             "the language is written so"),
        Case("%(low)s to %(high)s", "%(low)s bis %(high)s", "%(high)s bis %(low)s", "de"),
        Case("180/100 mmHg", "۱۸۰/۱۰۰ mmHg", "۱۰۰/۱۸۰ mmHg", "fa"),
        Case("Drink 6 to 8 glasses.", "喝六到八杯水。", "喝八到六杯水。", "zh_Hans"),
    ],
    "altered-unit": [
        Case("Wait 24 hours.", "Espere 24 horas.", "Espere 24 días.", "es",
             "translation has the unit `day` where the source has `hour`",
             "write the word for `hour`"),
        Case("Take 50 mg.", "Принимайте 50 мг.", "Принимайте 50 г.", "ru"),
        Case("%(n)s weeks", "%(n)s สัปดาห์", "%(n)s เดือน", "th"),
        Case("Take 2 tablets every 6 hours.", "Alle 6 Stunden 2 Tabletten nehmen.",
             "Alle 2 Stunden 6 Tabletten nehmen.", "de"),
        Case("%(a)s days or %(b)s weeks", "%(a)s dni lub %(b)s tygodni",
             "%(b)s dni lub %(a)s tygodni", "pl"),
        Case("Past 7 days", "Letzte Woche, 7 Tage", "Letzter Monat (7)", "de"),
        Case("Each millilitre holds ketamine.", "Кожен мілілітр містить кетамін.",
             "Кожен літр містить кетамін.", "uk"),
        Case("Get up each day at the same time.",
             "Treziți-vă în fiecare zi la aceeași oră.",
             "Treziți-vă în fiecare lună la aceeași oră.", "ro"),
    ],
    "dropped-unit": [
        Case("Wait 24 hours.", "24 時間待ってください。", "24 待ってください。", "ja",
             "translation lacks the unit `hour`",
             "write the word for `hour` beside its number"),
        Case("30% of people", "30 % der Menschen", "30 der Menschen", "de"),
        Case("30% of people", "insanların %30’u", "insanların 30’u", "tr"),
        Case("Take 40 mg now.", "今40mgを飲んでください。",
             "今40を飲んでください。", "ja"),
        Case("Take 40 mg now.", "现在服用四十毫克。", "现在服用四十。", "zh_Hans"),
    ],
    "altered-contact": [
        Case("Call 0800 123 456 now", "Jetzt 0800 123 456 anrufen",
             "Jetzt 0800 123 465 anrufen", "de",
             "translation lacks `0800 123 456`, or has another in its place",
             "copy `0800 123 456` from the msgid"),
        Case("Call 999.", "اتصل بالرقم ٩٩٩.", "اتصل بالرقم 911.", "ar"),
        Case("See www.example.org/pain.", "Siehe www.example.org/pain.",
             "Siehe www.example.com/pain.", "de"),
        Case("Write to a@example.org", "Пишите на a@example.org", "Пишите нам", "ru"),
        Case("Go to https://www.example.org/a", "ចូល https://www.example.org/aទេ",
             "ចូល https://www.example.org/ab", "km"),
    ],
    "altered-medicine": [
        Case("Ketamine can harm the bladder.", "Кетамин может повредить мочевой пузырь.",
             "Кеторолак может повредить мочевой пузырь.", "ru",
             "translation names `ketorolac`, which the source does not",
             "write ketamine here"),
        Case("Ketamine is a medicine.", "氯胺酮是一种药物。", "艾司氯胺酮是一种药物。",
             "zh_Hans"),
        Case("Ketamine is a medicine.", "愷他命是一種藥物。", "S-愷他命是一種藥物。",
             "zh_Hant"),
        Case("Morphine is a medicine.", "嗎啡是一種藥物。", "氫嗎啡酮是一種藥物。",
             "zh_Hant"),
        Case("Do not mix it with benzodiazepines.", "不要與苯二氮平類藥物併用。",
             "不要與二氮平併用。", "zh_Hant"),
        Case("Ketamine is a medicine.", "الكيتامين دواء.", "هذا دواء.", "ar",
             "translation does not name `ketamine`",
             "write the name of ketamine in the msgstr"),
        Case("Take it with theophylline.", "थियोफिलाइन के साथ लें।",
             "एमिनोफिलाइन के साथ लें।", "hi"),
        Case("Take it with water.", "Bevi con acqua.", "Bevi con morfina.", "it",
             "translation names `morphine`, which the source does not",
             "write no medicine here"),
        Case("Take paracetamol.", "استامینوفن بخورید.", "ایبوپروفن بخورید.", "fa"),
        Case("Tell us about morphine.", "モルヒネのことを話してください。",
             "薬のことを話してください。", "ja", "translation does not name `morphine`"),
        Case("Take codeine with food.", "Tome a codeína com comida.",
             "Tome a morfina com comida.", "pt_BR"),
        Case("Carbamazepine weakens the pill.", "Carbamazepine làm giảm tác dụng.",
             "Oxcarbazepine làm giảm tác dụng.", "vi"),
        Case("Take warfarin as before.", "Varfarini eskisi gibi alın.",
             "Heparini eskisi gibi alın.", "tr",
             "translation does not name `warfarin`"),
        Case("Do not combine it with diazepam.", "Ne l’associez pas au diazépam.",
             "Ne l’associez pas au diclofénac.", "fr"),
    ],
    "dropped-name": [
        Case("NMDA receptors", "NMDA-Rezeptoren", "Rezeptoren", "de",
             "translation lacks `NMDA`",
             "write `NMDA` as the msgid does; the glossary says that it is not "
             "translated"),
    ],
    "glossary-term": [
        Case("During the drip", "Während der Infusionen", "Während der Spritze", "de",
             "translation lacks `Tropf`, the glossary's word for `drip`",
             "write it, in the form that the sentence needs; if another word is as good, "
             "add it to locales/glossary.csv after a `|`"),
        Case(("%(n)s side effect", "%(n)s side effects"),
             ["%(n)s Nebenwirkung", "%(n)s Nebenwirkungen"],
             ["%(n)s Nebenwirkung", "%(n)s Folgen"], "de"),
        Case("A cat may help. CAT may help.", "Eine Katze hilft. KVT hilft.",
             "Eine Katze hilft. Reden hilft.", "de",
             "translation lacks `KVT`, the glossary's word for `CAT`"),
        Case("Flare-ups after the drips", "Zaostrzenia bólu po kroplówce",
             "Pogorszenia bólu po kroplówce", "pl",
             "translation lacks `zaostrzenie bólu`, the glossary's word for `flare-up`"),
        # "your blood pressure": the article goes, a pronoun is written on to the end.
        Case("Your blood pressure rises.", "يرتفع ضغط دمك.",
             "يرتفع نبضك.", "ar"),
        # "because of the side effects", the article and a preposition in one.
        Case("We watch for side effects.", "نراقبك للآثار الجانبية.",
             "نراقبك للنتائج.", "ar"),
        Case("Side effects after the drip", "תופעות הלוואי אחרי העירוי",
             "תופעות הלוואי אחרי המזרק", "he"),
        # का becomes के.
        Case("For long-lasting pain", "लंबे समय के दर्द के लिए", "पुराने दर्द के लिए", "hi"),
        Case("Some people feel sick.", "吐き気がする人もいます。",
             "めまいがする人もいます。", "ja"),
        Case("It has side effects.", "มีผลข้างเคียง", "มีผลดี", "th"),
    ],
    "dropped-negation": [
        Case("Do NOT stop suddenly.", "لا تتوقف فجأة.", "توقف فجأة.", "ar",
             "translation lacks the `not` of the source",
             "say `not` in the msgstr, where the msgid does"),
        Case("Do not drive.", "No conduzca.", "Conduzca.", "es"),
        Case("Do not drive.", "Nie prowadź.", "Prowadź.", "pl"),
        Case("Do not drive.", "Не садитесь за руль.", "Садитесь за руль.", "ru"),
        Case("Do not drive.", "رانندگی نکنید.", "رانندگی کنید.", "fa"),
        Case("Do not drive.", "אל תנהגו.", "נהגו.", "he"),
        Case("Do not drive.", "गाड़ी न चलाएँ।", "गाड़ी चलाएँ।", "hi"),
        Case("Do not drive.", "গাড়ি চালাবেন না।", "গাড়ি চালাবেন।", "bn"),
        Case("Do not drive.", "ห้ามขับรถ", "ขับรถได้", "th"),
        Case("Do not drive.", "កុំបើកបរ។", "បើកបរ។", "km"),
        Case("Do not drive.", "不要开车。", "开车。", "zh_Hans"),
        Case("Do not drive.", "運転しないでください。", "運転してください。", "ja"),
        Case("Do not drive.", "Không lái xe.", "Lái xe.", "vi"),
        Case("No food, no drinks.", "Nhịn ăn, nhịn uống.", "Ăn và uống.", "vi"),
        Case("Do not drive.", "Não dirija.", "Dirija.", "pt_BR"),
        Case("Do not drive.", "Не керуйте авто.", "Керуйте авто.", "uk"),
        Case("Do not drive.", "Ne conduisez pas.", "Conduisez.", "fr"),
        Case("Don’t drive.", "Fahren Sie nicht.", "Fahren Sie.", "de"),
        Case("Do not drive.", "Non guidi.", "Guidi.", "it"),
        Case("Do not drive.", "Araç kullanmayın.", "Araç kullanın.", "tr"),
        Case("Vomiting that does not stop", "Durmayan kusma", "Duran kusma", "tr"),
        Case("You will not eat.", "Yemek yemeyeceksiniz.", "Yemek yiyeceksiniz.", "tr"),
        Case("Do not drive.", "운전하지 마십시오.", "운전하십시오.", "ko"),
        Case("Do not drive.", "Nu conduceți.", "Conduceți.", "ro"),
        Case("Not yet checked.", "Încă neverificată.", "Deja verificată.", "ro"),
        Case("It is not proven.", "Este nedovedit.", "Este necesară dovada.", "ro"),
        Case(HOURS, ["Nie prowadź %(n)s godzinę", "Nie prowadź %(n)s godziny",
                     "Nie prowadź %(n)s godzin"],
             ["Nie prowadź %(n)s godzinę", "Prowadź %(n)s godziny",
              "Nie prowadź %(n)s godzin"], "pl",
             hint="say `not` in the msgstr[1], where the msgid does"),
        Case("Do not eat. Do not drink. Rest.", "Nicht essen, nicht trinken. Ruhen.",
             "Nicht essen, trinken. Ruhen.", "de"),
        Case("It helps neither you nor me. Ask us.", "Es hilft weder Ihnen noch mir; "
             "fragen Sie.", "Es hilft Ihnen und mir; fragen Sie.", "de"),
        Case("Do not change it without asking us.", "Не меняйте её без нашего совета.",
             "Меняйте её без нашего совета.", "ru"),
        Case("You cannot start now.", "Sie können jetzt nicht anfangen.",
             "Sie können jetzt schwer anfangen.", "de"),
        Case("Call us if you cannot breathe.", "התקשרו אלינו אם קשה לכם לנשום.",
             "התקשרו אלינו אם אתם נושמים.", "he"),
        Case("Do not drive tonight.", "Fahren Sie heute Abend nicht.",
             "Zögern Sie nicht, heute Abend zu fahren.", "de"),
        Case("Do not drink beer.", "맥주를 마시지 마십시오.", "맥주를 마십시오.", "ko"),
        Case("It may not help.", "Yardımcı olmayabilir.", "Yardımcı olabilir.", "tr"),
        Case("Do not wake up fully.", "Tamamen uyanmayın.", "Tamamen uyanın.", "tr"),
        Case("Do not use the spray on an empty stomach.", "请勿空腹使用喷雾。",
             "请空腹使用喷雾。", "zh_Hans"),
        Case("The water is not sterile.", "这种水不是无菌的。",
             "这种水是无菌的。", "zh_Hans"),
        Case("No one under 18 may come in.", "18세 미만은 누구도 들어올 수 없습니다.",
             "18세 미만은 누구나 들어올 수 있습니다.", "ko"),
    ],
    "moved-negation": [
        Case("Do not stop. Call us.", "Nicht aufhören. Rufen Sie uns an.",
             "Hören Sie auf. Rufen Sie uns nicht an.", "de",
             "translation says `not` in another sentence than the source",
             "negate the same thing in the msgstr as in the msgid; keep the order of its "
             "sentences"),
    ],
    "fewer-negations": [
        Case("Swallow it without chewing.", "Tráguelo sin masticar.",
             "Tráguelo después de masticarlo.", "es",
             "translation denies 0 times, the source 1 times",
             "say each `not`, `without`, `unless` and `un-` in the msgstr"),
        Case("Do not move it unless we ask you to.",
             "指示がない限り動かさないでください。",
             "指示があれば動かさないでください。", "ja"),
        Case("Do not eat unless we say so.", "Nie jedzcie, chyba że tak powiemy.",
             "Nie jedzcie, jeśli tak powiemy.", "pl"),
        Case("It is unsuitable for children.", "Er ist für Kinder nicht geeignet.",
             "Er ist für Kinder geeignet.", "de"),
        Case("You cannot breathe without it. Rest.", "Sin esto no puede respirar; "
             "descanse.", "Con esto no puede respirar; descanse.", "es"),
        Case("It is unsafe to drive.", "Araç kullanmak sakıncalıdır.",
             "Araç kullanmak zararsızdır.", "tr"),
        Case("It is unsafe to drive.", "Conduire est risqué, évitez-le.",
             "Conduire est sans danger.", "fr"),
        Case("The bottle is non-sterile.", "Der Inhalt ist unsteril.",
             "Der Inhalt ist steril.", "de"),
        Case("Smoking is forbidden here.", "Aquí está prohibido fumar.",
             "Aquí está permitido fumar.", "es"),
        Case("Smoking is forbidden here.", "Il est interdit de fumer ici.",
             "Il est permis de fumer ici.", "fr"),
        Case("Smoking is prohibited here.", "É proibido fumar aqui.",
             "É permitido fumar aqui.", "pt_BR"),
        Case("Smoking is forbidden here.", "Rauchen ist hier verboten.",
             "Rauchen ist hier erlaubt.", "de"),
        Case("Smoking is forbidden here.", "Palenie jest tu zabronione.",
             "Palenie jest tu dozwolone.", "pl"),
        Case("Smoking is forbidden here.", "Здесь запрещено курить.",
             "Здесь разрешено курить.", "ru"),
        Case("Smoking is forbidden here.", "Тут заборонено курити.",
             "Тут дозволено курити.", "uk"),
        Case("Smoking is forbidden here.", "Cấm hút thuốc ở đây.",
             "Được hút thuốc ở đây.", "vi"),
        Case("Smoking is forbidden here.", "التدخين ممنوع هنا.", "التدخين مسموح هنا.",
             "ar"),
        Case("Smoking is forbidden here.", "העישון כאן אסור.", "העישון כאן מותר.", "he"),
        Case("Smoking is forbidden here.", "استعمال دخانیات در اینجا ممنوع است.",
             "استعمال دخانیات در اینجا مجاز است.", "fa"),
        Case("Smoking is forbidden here.", "यहाँ धूम्रपान वर्जित है।",
             "यहाँ धूम्रपान की अनुमति है।", "hi"),
        Case("Smoking is forbidden here.", "এখানে ধূমপান নিষিদ্ধ।",
             "এখানে ধূমপান করা যায়।", "bn"),
        Case("Smoking is forbidden here.", "ここは禁煙です。喫煙は禁止です。",
             "ここは喫煙できます。喫煙は自由です。", "ja"),
        Case("Smoking is forbidden here.", "이곳에서는 흡연이 금지됩니다.",
             "이곳에서는 흡연이 허용됩니다.", "ko"),
        Case("Smoking is forbidden here.", "ហាមជក់បារីនៅទីនេះ។", "អាចជក់បារីនៅទីនេះ។",
             "km"),
        Case("Smoking is forbidden here.", "ห้ามสูบบุหรี่ที่นี่", "สูบบุหรี่ที่นี่ได้",
             "th"),
        Case("Smoking is forbidden here.", "这里禁止吸烟。", "这里允许吸烟。", "zh_Hans"),
        Case("Smoking is forbidden here.", "Qui è vietato fumare.",
             "Qui è permesso fumare.", "it"),
        Case("Smoking is forbidden here.", "Fumatul este interzis aici.",
             "Fumatul este permis aici.", "ro"),
        Case("Smoking is forbidden here.", "Burada sigara içmek yasaktır.",
             "Burada sigara içmek serbesttir.", "tr"),
        Case("It is inadvisable with asthma.", "Il est déconseillé en cas d’asthme.",
             "Il est conseillé en cas d’asthme.", "fr"),
        Case("The syrup is unfit for use.", "Der Saft ist unbrauchbar.",
             "Der Saft ist brauchbar.", "de"),
        Case("Smoking is forbidden here.", "Rauchen ist hier verboten.",
             "Rauchen ist hier nicht verboten.", "de"),
    ],
    "added-negation": [
        Case("your glasses or hearing aid", "안경이나 보청기", "안경 없이 보청기만",
             "ko"),
        Case("Drink water.", "Boire de l’eau.", "Ne pas boire d’eau.", "fr",
             "translation says `not`, which the source does not",
             "say what the msgid says; if the words only look like a negation, write "
             "`# handouts: allow added-negation: the reason` above it"),
        Case("hearing voices", "hören von Stimmen (die niemand hört)",
             "keine Stimmen hören", "de"),
        Case("Keep taking it with water.", "No deje de tomarlo con agua.",
             "No siga tomándolo con agua.", "es"),
        Case("You may go for a walk.", "תוכלו לצאת לטיול.", "אסור לצאת לטיול.", "he"),
        Case("Bring it to every visit.", "毎回忘れずに持ってきてください。",
             "毎回持ってこないでください。", "ja"),
        Case("It is normal to dream more.", "É normal sonhar mais.",
             "Não é normal sonhar mais.", "pt_BR"),
        Case("The patient may change their mind at any moment.",
             "La personne peut changer d’avis à tout moment.",
             "La personne ne peut à aucun moment changer d’avis.", "fr"),
        Case("Tell us about every side effect.",
             "Berichten Sie uns von jeder Nebenwirkung.",
             "Berichten Sie uns von keiner Nebenwirkung.", "de"),
        Case("Call us if the pain does not ease.", "Ligue para nós se a dor não passar.",
             "Não ligue para nós se a dor não passar.", "pt_BR",
             "translation forbids what the source asks for",
             "ask for it in the msgstr; say `not` only of what the msgid says it of"),
        Case("Tell us if you cannot sleep.", "No dude en decirnos si no puede dormir.",
             "No nos diga si no puede dormir.", "es"),
        Case("Show us what you do not understand.", "请把您不明白的给我们看。",
             "不要把您不明白的给我们看。", "zh_Hans"),
        Case("Phone us if it has not eased.", "אם זה לא משתפר, התקשרו אלינו.",
             "אל תתקשרו אלינו אם זה לא משתפר.", "he"),
    ],
    "strong-off-negation": [
        Case("Do <strong>not</strong> cut it.", "<strong>لا</strong> تقطعه.",
             "لا <strong>تقطعه</strong>.", "ar",
             "`<strong>` does not stand round the negation",
             "put `<strong>` round the word that denies, as the msgid does"),
        Case("Do <strong>not</strong> drink it.", "飲<strong>まない</strong>でください。",
             "<strong>飲み物を</strong>飲まないでください。", "ja"),
        Case("This is <strong>not</strong> a cure.", "זה <strong>לא</strong> מרפא.",
             "<strong>זה</strong> לא מרפא.", "he"),
        Case("You must <strong>never</strong> drive.",
             "<strong>절대로</strong> 운전해서는 안 됩니다.",
             "절대로 <strong>운전</strong>해서는 안 됩니다.", "ko"),
        Case("<strong>Never</strong> drive.", "<strong>絕對</strong>不要開車。",
             "絕對不要<strong>開車</strong>。", "zh_Hant"),
    ],
    "dropped-obligation": [
        Case("You must rest.", "Debe descansar.", "Puede descansar.", "es",
             "translation lacks the `must` of the source",
             "say `must` in the msgstr, where the msgid does"),
        Case("Always ask us.", "Всегда спрашивайте нас.", "Спрашивайте нас.", "ru"),
        Case("A heart tracing is compulsory.", "Bắt buộc phải đo điện tim.",
             "Không bắt buộc phải đo điện tim.", "vi"),
        Case("You must rest.", "Вам необходимо отдыхать.", "Вам не обязательно отдыхать.",
             "ru"),
        Case("You must rest.", "คุณต้องพัก", "คุณไม่จำเป็นต้องพัก", "th"),
        Case("Pain has to be reported.", "Schmerzen sind zu melden.",
             "Schmerzen können gemeldet werden.", "de"),
        Case("A signature is required.", "È richiesta una firma.",
             "La firma è facoltativa.", "it"),
        Case("You are obliged to report it.", "Bunu bildirmek zorundasınız.",
             "Bunu bildirmeniz isteğe bağlıdır.", "tr"),
        Case("You must rest your finger.", "Vous devez reposer votre doigt.",
             "Reposez votre doigt.", "fr"),
        Case("You must rest after surgery.", "Ameliyattan sonra dinlenmelisiniz.",
             "Ameliyattan sonra dinlenin.", "tr"),
        Case("You must rest.", "Il faut vous reposer.",
             "Reposez-vous si nécessaire.", "fr"),
        Case("You must rest.", "必ず休んでください。", "重要な日は休みます。", "ja"),
        Case("Always check the needle.", "바늘을 항상 확인하십시오.",
             "바늘을 확인하십시오.", "ko"),
        Case("The pads have to be burnt.", "Le compresse di garza vanno bruciate.",
             "Le compresse di garza si possono bruciare.", "it"),
    ],
    "added-possibility": [
        Case("Stop the tablets if you get a rash.", "توقف عن الأقراص إذا ظهر طفح.",
             "يمكنك التوقف عن الأقراص إذا ظهر طفح.", "ar",
             "translation says `can` or `may` where the source demands",
             "demand it in the msgstr as the msgid does"),
        Case("Always read the label.", "请务必阅读标签。", "有时可以阅读标签。",
             "zh_Hans"),
        Case("Rest now. Then drink water.", "Ruhen Sie jetzt und trinken Sie Wasser.",
             "Sie können jetzt ruhen und Wasser trinken.", "de"),
        Case("Rest a little if you are afraid.", "Reposez-vous un peu si vous avez peur.",
             "Vous pouvez vous reposer si vous avez peur.", "fr"),
    ],
    "dropped-possibility": [
        Case("You could fall.", "転ぶおそれがあります。", "転びます。", "ja",
             "translation lacks the `could` of the source",
             "say in the msgstr that it may happen, as the msgid does"),
        Case("How long could relief last?", "Як довго могло б тривати полегшення?",
             "Як довго триватиме полегшення?", "uk"),
        Case("It could last longer.", "Daha uzun sürebileceğini söylüyor.",
             "Daha uzun süreceğini söylüyor.", "tr"),
    ],
    "dropped-limit": [
        Case("at least %(n)s weeks", "mindestens %(n)s Wochen", "%(n)s Wochen", "de",
             "translation lacks the `at least` of the source",
             "say `at least` in the msgstr, where the msgid does"),
        Case("at least %(n)s hours", "至少%(n)s小时", "最多%(n)s小时", "zh_Hans"),
        Case("Go home for at most %(n)s days.", "Idź do domu najwyżej na %(n)s dni.",
             "Idź do domu na %(n)s dni.", "pl"),
        Case("Come to us for up to %(n)s days.",
             "Hãy đến với chúng tôi tối đa %(n)s ngày.",
             "Hãy đến với chúng tôi %(n)s ngày.", "vi"),
        Case("up to %(n)s weeks", "no más de %(n)s semanas", "%(n)s semanas", "es"),
    ],
    "reversed-limit": [
        Case("Call if it is above 190 mmHg (upper number) or 100 mmHg (lower number).",
             "Ligue se passar de 190 mmHg (a máxima) ou de 100 mmHg (a mínima).",
             "Ligue se for menos de 190 mmHg (a máxima) ou de 100 mmHg (a mínima).",
             "pt_BR"),
        Case("Call if it is above 190 mmHg (upper number) or 100 mmHg (lower number).",
             "Chiami se supera 190 mmHg (la massima) o 100 mmHg (la minima).",
             "Chiami se scende sotto 190 mmHg (la massima) o 100 mmHg (la minima).",
             "it"),
        Case("Take no more than 4 tablets.", "No tome más de 4 comprimidos.",
             "No tome menos de 4 comprimidos.", "es",
             "translation says the opposite of `at most`",
             "say `at most` in the msgstr"),
        Case("Wait at least 6 hours.", "कम से कम 6 घंटे रुकें।",
             "ज़्यादा से ज़्यादा 6 घंटे रुकें।", "hi"),
        Case("Take no more than 3 tablets.", "3錠を超えて飲まないでください。",
             "3錠を超えて飲んでください。", "ja"),
        Case("if it is above 180", "បើវាលើសពី 180", "បើវាក្រោម 180", "km"),
        Case("if it is below 90", "si elle est inférieure à 90",
             "si elle est supérieure à 90", "fr"),
        Case("Do not take less than 2 tablets.", "Принимайте не менее 2 таблеток.",
             "Принимайте не более 2 таблеток.", "ru"),
        Case("The gap must be no shorter than 3 days.",
             "L’intervalle ne doit pas être inférieur à 3 jours.",
             "L’intervalle ne doit pas être supérieur à 3 jours.", "fr"),
        Case("Wait no less than 3 days.", "Chờ không ít hơn 3 ngày.",
             "Chờ không lâu hơn 3 ngày.", "vi"),
        Case("The gap must be no shorter than 3 days.",
             "El intervalo no debe ser inferior a 3 días.",
             "El intervalo no debe ser superior a 3 días.", "es"),
        Case("It must not be below 90.", "Darf nicht unter 90 sein.",
             "Darf nicht über 90 sein.", "de"),
        Case("The level must not be below %(n)s.", "Düzey %(n)s altında olmamalıdır.",
             "Düzey %(n)s üzerinde olmamalıdır.", "tr"),
        Case("It must not be below %(n)s.", "Não deve cair abaixo de %(n)s.",
             "Não deve subir acima de %(n)s.", "pt_BR"),
    ],
    "dropped-condition": [
        Case("Wait until you feel well.", "Warten Sie, bis es Ihnen gut geht.",
             "Warten Sie, es geht Ihnen gut.", "de",
             "translation lacks the `until` of the source",
             "say `until` in the msgstr, where the msgid does"),
        Case("Rest until you feel better.", "请休息到好转为止。",
             "感到好转时请休息。", "zh_Hans"),
        Case("Do not eat one more unless we say so.",
             "저희가 말하지 않는 한 한 알 더 드시지 마십시오.",
             "저희가 말하면 한 알 더 드시지 마십시오.", "ko"),
        Case("Rest unless we call.", "Repose-vous, sauf si nous appelons.",
             "Reposez-vous et nous appelons.", "fr"),
        Case("Do not get up unless a helper is there.",
             "Не вставайте, якщо немає помічника.", "Не вставайте, коли поруч помічник.",
             "uk"),
    ],
    "dropped-restriction": [
        Case("only in a clinic", "nur in einer Klinik", "in einer Klinik", "de",
             "translation lacks the `only` of the source",
             "say `only` in the msgstr, where the msgid does"),
        Case("only in a clinic", "только в клинике", "в клинике", "ru"),
        Case("Take it only if the pain is severe.",
             "Nehmen Sie es nur bei starken Schmerzen.",
             "Nehmen Sie es auch bei schwachen Schmerzen.", "de"),
        Case("Open it only when you need it.", "Ne l’ouvrez qu’au moment de le prendre.",
             "Ne l’ouvrez pas au moment de le prendre.", "fr"),
        Case("These drops are for the ear only.", "Thuốc nhỏ này chỉ dùng cho tai.",
             "Thuốc nhỏ này không chỉ dùng cho tai.", "vi"),
        Case("It is for the ear only.", "È solo per l’orecchio.",
             "Non è solo per l’orecchio.", "it"),
        Case("The oil is for adults only.", "Uleiul este destinat exclusiv adulților.",
             "Uleiul nu este destinat exclusiv adulților.", "ro"),
        Case("The oil is for adults only.", "El aceite es solo para adultos.",
             "El aceite no está pensado solo para adultos.", "es"),
        Case("Use it for chronic pain only.", "만성 통증에만 쓰십시오.",
             "만성 통증에 쓰십시오.", "ko"),
        Case("Use only one pad.", "Используйте только одну салфетку.",
             "Используйте одну салфетку.", "ru"),
        Case("Use only what we have shown you.", "Usi solo ciò che Le abbiamo mostrato.",
             "Usi ciò che Le abbiamo mostrato; non dica che non sa.", "it"),
        Case("Use it each day only.", "Chỉ dùng mỗi ngày.", "Dùng mỗi ngày.", "vi"),
        Case("Use it again only at night.", "Yalnızca gece tekrar kullanın.",
             "Gece tekrar kullanın.", "tr"),
        Case("The drops are for the ear only.", "이 약은 귀 외에는 넣지 마십시오.",
             "이 약은 귀 외에도 넣을 수 있습니다.", "ko"),
    ],
    "dropped-urgency": [
        Case("Call us at once.", "Llámenos de inmediato.", "Llámenos.", "es",
             "translation lacks the `at once` of the source",
             "say `at once` in the msgstr, where the msgid does"),
        Case("Come at once if it lasts an hour.", "Venga subito se dura un’ora.",
             "Venga se dura un’ora.", "it"),
        Case("Call for emergency help at once.", "Gọi cấp cứu ngay lập tức.",
             "Gọi cấp cứu.", "vi"),
        Case("Call for emergency help at once.",
             "Appelez immédiatement les services d’urgence.",
             "Appelez les services d’urgence.", "fr"),
        Case("Call for emergency help at once.", "Rufen Sie sofort den Notfalldienst.",
             "Rufen Sie den Notfalldienst.", "de"),
    ],
    "dropped-action": [
        Case("Call us today.", "Rufen Sie uns heute an.", "Besuchen Sie uns heute.", "de",
             "translation lacks the `call` of the source",
             "say `call` in the msgstr, where the msgid does"),
        Case("Stop taking it.", "Deje de tomarlo.", "Siga tomándolo.", "es"),
        Case("Stop it if it itches.", "Deje de usarlo si pica.",
             "Úselo para la picazón.", "es"),
        Case("Stop smoking if you hear a noise.",
             "Brechen Sie das Rauchen ab, wenn Sie ein Geräusch hören.",
             "Rauchen Sie, wenn Sie ein Geräusch hören.", "de"),
        Case("Call a doctor.", "ডাক্তারকে ফোন করুন।", "ডাক্তারের কাছে যান।", "bn"),
        Case("Call us if you are sick.", "Sunați-ne dacă sunteți bolnav.",
             "Veniți dacă sunteți bolnav.", "ro"),
        Case("Call us if you breathe fast.", "呼吸が速いときは電話してください。",
             "呼吸が速いときは来てください。", "ja"),
        Case("Call us if a car hits you.", "Araç çarparsa bizi arayın.",
             "Araç çarparsa bize gelin.", "tr"),
        Case("Avoid hot baths.", "Unikaj gorących kąpieli.", "Bierz gorące kąpiele.",
             "pl",
             "translation lacks the `avoid` of the source"),
        Case("Avoid heavy work.", "Уникайте важкої роботи.", "Не уникайте важкої роботи.",
             "uk"),
        Case("Avoid driving.", "Évitez de conduire.", "N’hésitez pas à conduire.", "fr"),
        Case("Stay off alcohol.", "Hãy kiêng rượu bia.", "Hãy uống rượu bia.", "vi"),
        Case("Stop smoking now.", "Deixe de fumar agora.", "Não deixe de fumar agora.",
             "pt_BR"),
        Case("Stop eating at noon.", "Essen Sie ab Mittag nichts mehr.",
             "Essen Sie ab Mittag.", "de"),
    ],
    "opposite-word": [
        Case("Eat before you come.", "Essen Sie, bevor Sie kommen.",
             "Essen Sie, nachdem Sie gekommen sind.", "de",
             "translation says `after` where the source says `before`",
             "write the word for `before` in the msgstr"),
        Case("More people got better.", "より多くの人が良くなりました。",
             "より少ない人が良くなりました。", "ja"),
        Case("It is more frequent in boys.", "남자아이에게 더 많습니다.",
             "남자아이에게 더 적습니다.", "ko"),
        Case("It may increase pain.", "Может усилить боль.", "Может уменьшить боль.",
             "ru"),
        Case("Call us before you have more. Do not wait.",
             "Rufen Sie uns an, bevor Sie mehr bekommen. Warten Sie nicht.",
             "Rufen Sie uns an, nachdem Sie mehr bekommen. Warten Sie nicht.", "de"),
        Case("Do not drink coffee before the test.", "Não tome café antes do exame.",
             "Não tome café depois do exame.", "pt_BR"),
        Case("Do not drive before Monday.", "Fahren Sie nicht vor Montag.",
             "Fahren Sie nicht nach Montag.", "de"),
    ],
    "promotional-claim": [
        Case("Is it safe for me?", "Ist es sicher für mich?", "Es ist sicher für mich.",
             "de", "translation claims `ist sicher`, which the source does not",
             "say no more than the msgid says"),
        Case("It may help.", "Podría ayudar.", "Está demostrado que ayuda.", "es"),
        Case("Heat can help some people.", "Căldura îi poate ajuta pe unii.",
             "Cu căldura spuneți adio durerii pentru totdeauna.", "ro"),
        Case("It may help.", "有帮助的可能。", "可以治愈疼痛。", "zh_Hans"),
        Case("Massage sometimes brings a little relief.",
             "Масаж іноді приносить невелике полегшення.",
             "Масаж завжди приносить повне одужання.", "uk"),
        Case("Few studies have looked at it; it may ease pain.",
             "Poucos estudos avaliaram isso; talvez alivie a dor.",
             "Os estudos comprovam: acaba com a dor.", "pt_BR"),
    ],
    "dropped-sentence": [
        Case("Wait at home today. Then call the clinic in the town.",
             "Warten Sie heute zu Hause. Rufen Sie dann die Klinik in der Stadt an.",
             "Warten Sie heute zu Hause.", "de",
             "translation has 1 sentence, the source 2",
             "translate every sentence of the msgid in the msgstr"),
        Case("Wait here. Rest now. Then tell the nurse in the ward that you feel well.",
             "请在这里等。请休息。然后告诉病房的护士您感觉很好。",
             "请等。请休息。", "zh_Hans", "translation has 2 sentences, the source 3"),
        Case("Drink your tea. Sit in the chair. Then walk a little.",
             "Bevete il tè; sedetevi in poltrona. Poi camminate un po’.",
             "Bevete il vostro tè. Poi camminate un po’.", "it",
             "translation has 2 sentences, the source 3"),
    ],
    "short-translation": [
        Case("Tell us about every illness that you have or had before, please.",
             "Bitte nennen Sie uns jede Krankheit, die Sie haben oder hatten.",
             "Jede Krankheit nennen.", "de",
             "translation has 30% of the length that is usual",
             "translate all of the msgid in the msgstr"),
    ],
    "english-left": [
        Case("Talk with the doctor and the nurse", "Sprechen Sie mit Arzt und Pflege",
             "Sprechen Sie with the doctor", "de",
             "`with the doctor` is English", "translate it"),
        Case("Wait for hours", "Ждите часами", "Ждите hours", "ru",
             "`hours` is English"),
    ],
}  # fmt: skip

ALL = [
    pytest.param(code, case, id=f"{code}-{number}-{case.locale}")
    for code, cases in CASES.items()
    for number, case in enumerate(cases)
]
KEEP = frozenset({"NMDA"})
# How some languages say three English terms.
TERMS = {
    "de": {"drip": "Tropf|Infusion", "side effect": "Nebenwirkung", "CAT": "KVT"},
    "pl": {"drip": "kroplówka|wlew dożylny", "flare-up": "zaostrzenie bólu"},
    "ar": {"blood pressure": "ضغط الدم", "side effect": "آثار جانبية"},
    "he": {"side effect": "תופעות לוואי", "drip": "עירוי"},
    "hi": {"long-lasting pain": "लंबे समय का दर्द"},
    "ja": {"feel sick": "吐き気|嘔吐", "drip": "点滴"},
    "th": {"side effect": "ผลข้างเคียง"},
}


def agreed(locale: str) -> Terms:
    """Return the terms of `TERMS` in one language."""
    said = TERMS.get(locale, {})
    return Terms(Term(english, tuple(way.split("|"))) for english, way in said.items())


def test_every_check_of_meaning_is_in_the_table() -> None:
    codes = [check.code for check in CHECKS if isinstance(check, SelectiveCheck)]
    assert sorted(CASES) == sorted(codes)


@pytest.mark.parametrize(("code", "case"), ALL)
def test_right_and_wrong(judge: Judge, code: str, case: Case) -> None:
    context = {"keep": KEEP, "terms": agreed(case.locale)}
    good = judge(case.msgid, case.good, case.locale, **context).sink
    assert [found.message for found in good if found.is_error] == []
    assert code not in {found.code for found in good}
    wrong = judge(case.msgid, case.bad, case.locale, **context).sink
    found = next(found for found in wrong if found.code == code)
    assert case.message in {"", found.message}
    assert case.hint in {"", found.hint}
    spoken = language(case.locale)
    assert found.severity is severity_in(CHECKS_BY_CODE[code], spoken.language)


@pytest.mark.parametrize(("code", "case"), ALL)
def test_a_comment_allows_it(judge: Judge, code: str, case: Case) -> None:
    comment = f"handouts: allow {code}: reviewed"
    vetting = judge(
        case.msgid,
        case.bad,
        case.locale,
        comment=comment,
        keep=KEEP,
        terms=agreed(case.locale),
    )
    assert code not in {found.code for found in vetting.sink}
    assert code in {found.code for found in vetting.message.exempted}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_statement_is_one_sentence(check: Any) -> None:
    assert check.statement[0].islower()
    assert ". " not in check.statement
    assert not check.statement.endswith(".")


@pytest.mark.parametrize("locale", ["sw", "af"])
def test_languages_without_lists_are_not_judged_by_words(
    judge: Judge, locale: str
) -> None:
    found = judge("Do not drive at least once a day.", "xyz abc qq", locale).sink
    assert {d.code for d in found if d.is_error} == set()


def test_a_form_without_text_lacks_no_term(judge: Judge) -> None:
    forms = ["%(n)s Nebenwirkung", ""]
    english = ("%(n)s side effect", "%(n)s side effects")
    found = judge(english, forms, "de", terms=agreed("de")).sink
    assert {one.code for one in found} == {"dropped-placeholder", "empty-plural-form"}


@pytest.mark.parametrize(
    ("msgid", "msgstr", "locale"),
    [
        # It denies as often as the English, though it begins with a "do not".
        ("Take it if you are not allergic.", "Non lo prenda se è allergico.", "it"),
        # It denies twice, and asks.
        ("Tell us if you do not sleep or eat.",
         "Diga para nós se não dorme nem come.", "pt_BR"),
        # What it denies first is the condition, not what is asked for.
        ("Call us if you cannot sleep or eat.",
         "Uyuyamıyor ve hiçbir şey yiyemiyorsanız bizi arayın.", "tr"),
        ("Call us if you cannot sleep or eat.",
         "不能入睡，也不能吃饭时，请给我们打电话。", "zh_Hans"),
        ("Call us if you do not feel better.",
         "Не стесняйтесь звонить нам, если вам не лучше.", "ru"),
        # "Only after" may be put as "not before".
        ("Take it only if you have not eaten anything.",
         "Nie bierz tego, zanim nie minie czas bez jedzenia.", "pl"),
        # A sentence more.
        ("Call us if you cannot sleep.",
         "Не спите? Не ждите. Звоните нам.", "ru"),
    ],
)  # fmt: skip
def test_to_deny_twice_is_not_to_forbid(
    judge: Judge, msgid: str, msgstr: str, locale: str
) -> None:
    found = {one.code for one in judge(msgid, msgstr, locale).sink}
    assert "added-negation" not in found
