import Estate
import Testing

/// The refusal that `body` throws; `nil` if it throws nothing. Another error fails the test.
func refusal<Result>(_ body: () throws -> Result) -> Refusal? {
    do {
        _ = try body()
        return nil
    } catch let refusal as Refusal {
        return refusal
    } catch {
        Issue.record(error)
        return nil
    }
}
