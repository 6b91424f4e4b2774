import Foundation

/// What may be charged for renovations where the demo's estate is: a deposit of at most 3,000 yuan, a fee of at most 300.
enum RenovationPolicy {
    private static let chapter = """
        {"policy":{
        "charges":{"deposit":{"allowed":true,"maximumFen":300000},"fee":{"allowed":true,"maximumFen":30000}},
        "suggestedDepositFen":200000,"suggestedFeeFen":20000}}

        """

    /// Writes the chapter into the estate's own handbook. An estate reads it when it is opened.
    static func write(in folder: String) throws {
        let handbook = URL(fileURLWithPath: folder).appendingPathComponent("handbook")
        try FileManager.default.createDirectory(at: handbook, withIntermediateDirectories: true)
        try Data(chapter.utf8).write(to: handbook.appendingPathComponent("renovation.json"))
    }
}
