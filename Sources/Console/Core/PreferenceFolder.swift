import Foundation
import Journal

/// `DATA/preferences`: a JSON file for each staff member. Each terminal reads it at sign-in and writes its own changes
/// only, so that terminals do not disturb each other.
struct PreferenceFolder {
    private let path: String
    private let disk = SystemDisk()

    init(in data: String) { path = "\(data)/preferences" }

    private func file(of staff: String) -> String {
        // A staff number may contain any character but blanks and commas.
        "\(staff.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "_").json"
    }

    /// The stored preferences; the defaults if there are none or they cannot be read.
    func load(of staff: String) -> Preferences {
        let path = "\(path)/\(file(of: staff))"
        guard let bytes = try? disk.contents(of: path) else { return Preferences() }
        return (try? JSONDecoder().decode(Preferences.self, from: Data(bytes))) ?? Preferences()
    }

    /// Stores preferences, all or nothing. Throws `DiskFailure`.
    func save(_ preferences: Preferences, of staff: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let data = try encoder.encode(preferences)
        try disk.makeFolder(path, mode: 0o700)
        try disk.replace(file(of: staff), in: path, text: data)
    }
}
