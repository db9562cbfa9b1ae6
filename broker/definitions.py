"""What each figure of `figures.Ratings` and `figures.Waits` means, in the words that pages and reports print.

Rules: one definition for each figure, whoever prints it; a percentage says what it is a share of.
"""

from broker.model import Names

DEFINITIONS: dict[str, Names] = {
    "percent": {
        "vi": "Tỷ lệ hài lòng: số lượt đánh giá ở các mức tính là hài lòng, chia cho số lượt đánh giá được tính"
        " (mỗi lượt phục vụ nhiều nhất một lượt đánh giá).",
        "en": "Satisfied: ratings at a level that counts as satisfied, divided by the ratings that count"
        " (at most one for each visit).",
    },
    "wilson": {
        "vi": "Khoảng tin cậy 95 %: khoảng Wilson của tỷ lệ hài lòng; số lượt càng ít, khoảng càng rộng.",
        "en": "95 % interval: Wilson's interval of the share satisfied; the fewer the ratings, the wider it is.",
    },
    "response_percent": {
        "vi": "Tỷ lệ có đánh giá: số lượt đánh giá chia cho số lượt đã phục vụ xong trong kỳ.",
        "en": "Response: ratings divided by the visits that were finished in the period.",
    },
    "bounds": {
        "vi": "Giới hạn khi tính cả người không đánh giá: tỷ lệ hài lòng nếu mọi người không đánh giá đều không"
        " hài lòng, và nếu tất cả đều hài lòng.",
        "en": "Bounds with the silent counted in: the share satisfied if everybody who did not rate was unsatisfied,"
        " and if all of them were satisfied.",
    },
    "issued": {
        "vi": "Lấy số: số thứ tự đã phát, kể cả số cấp tại quầy lễ tân.",
        "en": "Issued: numbers given, at kiosks and at reception.",
    },
    "served": {
        "vi": "Đã phục vụ: lượt khách đã được phục vụ xong. Một lượt có thể có nhiều hồ sơ hoặc không có hồ sơ nào.",
        "en": "Served: visits that were finished. One visit may carry several dossiers, or none.",
    },
    "no_show": {
        "vi": "Vắng mặt: lượt gọi mà không có ai đến.",
        "en": "No-show: calls that nobody answered.",
    },
    "stranded": {
        "vi": "Hết giờ chưa gọi: số còn chờ khi hết ngày.",
        "en": "Not called: still waiting when the day ended.",
    },
    "wait": {
        "vi": "Thời gian chờ: từ lúc lấy số đến lần gọi đầu tiên. Trung bình và số lượt trong 15, 30 phút là chính xác;"
        " trung vị, P90, P95 sai không quá 5 %.",
        "en": "Wait: from the number to its first call. Means and the counts within 15 and 30 minutes are exact;"
        " median, P90 and P95 are within 5 %.",
    },
    "service": {
        "vi": "Thời gian phục vụ: từ lúc gọi đến khi xong tại bàn đó.",
        "en": "Service: from the call to the end at that desk.",
    },
    "p90": {
        "vi": "P90: 9 trong 10 lượt không lâu hơn. Trung vị: một nửa số lượt không lâu hơn.",
        "en": "P90: nine in ten took no longer. Median: half of them took no longer.",
    },
    "priority": {
        "vi": "Ưu tiên: lượt của các nhóm được ưu tiên theo quy định; chỉ lưu số đếm.",
        "en": "Priority: visits of groups with priority by rule; only counts are kept.",
    },
    "transferred": {
        "vi": "Chuyển quầy: lượt được chuyển đi mà giữ nguyên số.",
        "en": "Transferred: visits sent on with the same number.",
    },
    "parked": {
        "vi": "Giữ chỗ: lượt phải chờ thêm việc gì đó rồi quay lại đúng bàn, giữ nguyên số.",
        "en": "Parked: visits that waited for something and came back to the same desk with the same number.",
    },
    "overtake": {
        "vi": "Bị gọi vượt: số lần một người đến trước, đang chờ trong cùng hàng, phải nhường một người đến sau;"
        " trên 100 lượt gọi có ghi lý do.",
        "en": "Passed over: how often somebody who had come before to the same queue, and still waited, had to let"
        " a later one go first; in a hundred calls that have a reason.",
    },
    "why": {
        "vi": "Vì sao được gọi: mỗi lượt gọi có một lý do, ghi ngay khi gọi. Ai đến trước trong hàng được gọi trước,"
        " trừ khách ưu tiên, khách có lịch hẹn, người trở lại bàn đang giữ chỗ, người đến muộn được xếp lại"
        " và số do cán bộ chọn.",
        "en": "Why called: every call has one reason, kept at the moment of the call. Who came first is called first,"
        " except for priority, for appointments, for those back at the desk that kept them, for late-comers put back"
        " in line and for numbers chosen by a clerk.",
    },
    "longest": {
        "vi": "Lâu nhất: không ai chờ lâu hơn số này; cao hơn thời gian chờ lâu nhất thật không quá 10 %.",
        "en": "Longest: nobody waited longer; it is at most 10 % above the longest wait.",
    },
    "void": {
        "vi": "Số hủy: số không đến tay người dân.",
        "en": "Void: numbers that never reached a citizen.",
    },
    "cancelled": {
        "vi": "Hủy tại lễ tân: số mà lễ tân đã hủy vì người dân ra về hoặc lấy nhầm, trừ số đã gọi lại."
        " Lấy số = đã phục vụ + số hủy + hủy tại lễ tân + hết giờ chưa gọi + vắng mặt không quay lại.",
        "en": "Cancelled: numbers that reception cancelled because the citizen went home or should not have them, those"
        " brought back not counted. Issued = served + void + cancelled + not called + missed and never back.",
    },
    "occupancy": {
        "vi": "Bàn có khách: thời gian từ lúc gọi đến lúc phục vụ xong, chia cho thời gian bàn mở theo phím đã bấm,"
        " không kể lúc tạm nghỉ. Gọi mà không có ai đến thì chỉ tính là bàn mở; bàn quên bấm đóng thì tính đến việc"
        " cuối cùng làm tại bàn. Những ngày trước khi nhật ký ghi giờ bàn mở không có trong cả hai phần.",
        "en": "Busy: the time from a call to the end of that service, divided by the time for which desks were open as"
        " their keys say, pauses left out. A call that nobody answered counts as open only; a desk that nobody closed"
        " counts as open up to the last thing done there. Days before the log kept how long desks were open are in"
        " neither part.",
    },
    "foretold": {
        "vi": "Trước khi làm tròn: số lượt được gọi trong khoảng dự báo, chia cho số người đã được gọi mà lúc đến thì"
        " mọi bàn của hàng đều bận; tính theo giờ làm việc, không kể giờ nghỉ. Lệch: trung bình giữa lúc được gọi và"
        " mức giữa của dự báo.",
        "en": "Before rounding: calls within the foretold range, divided by all calls of those who found every desk of"
        " the queue busy; in working time, without the break. Error: mean distance between the call and the median of"
        " its forecast.",
    },
    "what_if": {
        "vi": "Mô phỏng: mỗi ngày đã ghi của tháng được diễn lại bằng chính các quy tắc gọi số, với số lượt đến của"
        " ngày đó và các bàn mở, tạm nghỉ như đã bấm; giờ đến và thời gian phục vụ được rút từ những gì đã ghi. Khác"
        " biệt: cùng những lượt đến, có và không có thay đổi; khoảng 95 % nói các ngày khác nhau đến đâu, và khác biệt"
        " nằm trong mức đó thì coi như không có. Giờ làm việc khác đi không làm nhiều hay ít người đến hơn.",
        "en": "Simulated: each recorded day of the month is played again by the very rules that call numbers, with the"
        " visits of that day and desks open and paused as their keys said; times of arrival and of service are drawn"
        " from what was recorded. Difference: the same visits with and without the change; its 95 % interval says how"
        " much days vary, and what they explain counts as none. Other hours bring no more and no fewer visitors.",
    },
    "promise": {
        "vi": "Đúng khoảng: số phiếu được gọi trong khoảng giờ đã in, chia cho số phiếu có in khoảng và đã được gọi."
        " Khoảng rộng: trung bình từ đầu đến cuối khoảng. Lệch: trung bình giữa lúc được gọi và giữa khoảng.",
        "en": "Came true: tickets called within the printed range, divided by those with a range that were called."
        " Width: mean length of the ranges. Error: mean distance between the call and the middle of its range.",
    },
}
