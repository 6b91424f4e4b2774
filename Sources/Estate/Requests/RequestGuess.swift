import Handbook
import Journal

// The class of a request, guessed from its words. It is proposed in the form and marked as a guess (猜); whoever takes the
// request sees it and may choose another.
extension OpenRequest {
    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let guess = estate.handbook.requests.guess(values["text"] ?? "") else { return [:] }
        return guess.isUrgent
            ? ["class": guess.requestClass.rawValue, "urgent": true.text(zone: estate.zone)]
            : ["class": guess.requestClass.rawValue]
    }

    /// What is known of such a demand; first that its class is a guess.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        let unit = try? Location(text: values["unit"] ?? "", zone: estate.zone).current(in: estate).code
        let notices = estate.notices(onDemand: values["text"] ?? "", of: unit, at: moment)
        guard let guess = estate.handbook.requests.guess(values["text"] ?? ""),
            guess.requestClass.rawValue == values["class"]
        else { return notices }
        return [OutlookRow(guess.label, weight: .faint)] + notices
    }

    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let guess = estate.handbook.requests.guess(values["text"] ?? "") else { return [:] }
        let (requestClass, isMinor) = (values["class"] ?? "", values["class"] == RequestClass.minorRepair.rawValue)
        if guess.isUrgent, isMinor, values["urgent"] != true.text(zone: estate.zone) {
            return ["urgent": Label("“\(guess.word)”像是急修", en: "“\(guess.word)” sounds urgent")]
        }
        if requestClass.isEmpty || guess.requestClass.rawValue == requestClass { return [:] }
        let label = guess.requestClass.label
        return [
            "class": Label(
                "“\(guess.word)”像是\(label.chinese)", en: "“\(guess.word)” sounds like: \(label.english)")
        ]
    }
}

extension Handbook.Requests.Guess {
    /// 猜：零星维修（“滴水”），请核对
    var label: Label {
        let kind = requestClass.label
        return isUrgent
            ? Label("猜：急修（“\(word)”），请核对", en: "a guess: urgent (“\(word)”); look at it")
            : Label("猜：\(kind.chinese)（“\(word)”），请核对", en: "a guess: \(kind.english) (“\(word)”); look at it")
    }
}
