/**
 * Numbers of the face mesh's points, in the order of the outline they make (MediaPipe's face geometry). Left and right
 * are the image's.
 */
export const faceOval = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
export const lips = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
export const mouthInside = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191];
export const leftEye = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];
export const rightEye = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466];
export const leftBrow = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46];
export const rightBrow = [300, 293, 334, 296, 336, 285, 295, 282, 283, 276];
/** Around brows, eyes, nose, mouth and chin: what makes a face this one, beard and all. */
export const features = [
  70, 63, 105, 66, 107, 9, 336, 296, 334, 293, 300, 383, 340, 266, 426, 322, 410, 287, 432, 430, 394, 379, 378, 400,
  377, 152, 148, 176, 149, 150, 169, 210, 212, 57, 186, 92, 206, 36, 111, 156,
];
/** The face from the brows down: there is skin in nearly every photo, while hair may hide the forehead. */
export const belowBrows = [
  356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 70,
  63, 105, 66, 107, 9, 336, 296, 334, 293, 300,
];
