import Handbook
import Journal

extension AnswerSurvey {
    private static func survey(of values: [String: String], in estate: Estate) -> Survey? {
        values["survey"].flatMap { try? Ref<Survey>(text: $0, zone: estate.zone) }.flatMap { estate.surveys[$0] }
    }

    private static func scores(in values: [String: String], zone: Zone) -> [Int?] {
        (try? ScoreList(text: values["answers"] ?? "", zone: zone))?.each ?? []
    }

    /// The questions with the scores typed so far; the next one to ask stands out.
    public static func outlook(
        with values: [String: String], in estate: Estate, at moment: Moment
    ) -> [OutlookRow] {
        guard let survey = survey(of: values, in: estate) else { return [] }
        let scores = scores(in: values, zone: estate.zone)
        let words = Dictionary(
            estate.handbook.surveys.scores.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        return survey.questions.enumerated().map { index, question in
            let score = scores.indices.contains(index) ? scores[index].map(String.init) ?? "-" : ""
            let weight: OutlookRow.Weight =
                index == scores.count ? .strong : index < scores.count ? .plain : .faint
            return OutlookRow(
                Label("\(index + 1). \(question)", en: "\(index + 1). \(question)"),
                Label("\(score) \(words[score] ?? "")", en: score), weight: weight)
        }
    }

    /// Whether the household has answered already, and why a low score needs a reason.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        var cautions: [String: Label] = [:]
        if let survey = survey(of: values, in: estate),
            let unit = try? UnitCode(text: values["unit"] ?? "", zone: estate.zone),
            survey.vote(of: estate.people.current(unit), in: estate.zone) != nil
        {
            cautions["unit"] = Label("这一户答过了，再答就以这次为准", en: "it has answered: this answer replaces that")
        }
        if values["why"]?.trimmed.isEmpty ?? true,
            scores(in: values, zone: estate.zone).contains(where: { $0.map { $0 <= 2 } ?? false })
        {
            cautions["answers"] = Label("有 1、2 分：当场问一句原因", en: "a low score: ask why")
        }
        return cautions
    }
}
